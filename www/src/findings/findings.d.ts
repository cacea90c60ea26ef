// The pages of docs/findings/, as the build gives them to the page: each in Markdown, in the order of the list of all.

declare module "virtual:findings" {
  const documents: string[];
  export default documents;
}
