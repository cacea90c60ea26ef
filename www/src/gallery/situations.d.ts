// The gallery's data, which vite.config.ts makes of tests/situations.

declare module "virtual:situations" {
  export interface Prediction {
    question: string;
    choices: string[];
    answer: number;
  }

  export interface Case {
    title: string;
    /** What a person pastes, and the origin of the page, or a scenario where no paste can say it. */
    page?: string;
    text?: string;
    scenario?: unknown;
  }

  export interface Situation {
    id: string;
    group: string;
    title: string;
    teaches: string;
    predict?: Prediction;
    cases: Case[];
  }

  const sections: { section: string; situations: Situation[] }[];
  export default sections;
}
