//! What a browser is expected to do when a page sends the pasted request itself, to be compared with what it does.

use serde::Serialize;

use super::{Overrides, apply};
use crate::explain::{self, Verdict};
use crate::paste;
use crate::profile::{Profile, ProfileName};
use crate::report::{Consequence, Outcome};
use crate::scenario::Call;

/// A call of the paste, and what is expected of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Trial {
    /// The call, as the paste has it.
    #[cfg_attr(feature = "page", tsify(type = "Call"))]
    pub call: Call,
    /// What its URL is resolved against: the page of the paste.
    pub base: String,
    /// How it ends, given the answers of the paste.
    #[cfg_attr(feature = "page", tsify(type = "Outcome"))]
    pub outcome: Outcome,
    /// What the element or the API makes of that.
    #[cfg_attr(feature = "page", tsify(type = "Consequence | null"))]
    pub consequence: Option<Consequence>,
    /// The same in plain words.
    #[cfg_attr(feature = "page", tsify(type = "Verdict"))]
    pub verdict: Verdict,
}

/// The calls of a pasted text, and how they end when the document at the URL `here` makes them in the browser `profile`.
/// `page` and `overrides` are those of [`inspect`](super::inspect). Empty where the text has no call, or `here` is no URL.
///
/// ```
/// use corscope::ProfileName;
/// use corscope::inspect::{Overrides, trials};
///
/// let text = "GET / HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: https://app.example\n";
/// let here = "http://localhost:8321/try.html";
/// let [trial] = &trials("https://app.example", text, &Overrides::default(), here, ProfileName::Chromium)[..] else { panic!() };
/// assert!(trial.verdict.sentence.starts_with("Blocked: "));
/// ```
pub fn trials(page: &str, text: &str, overrides: &Overrides, here: &str, profile: ProfileName) -> Vec<Trial> {
    let paste = paste::parse(text, page);
    let Some(mut scenario) = paste.scenario.clone() else { return Vec::new() };
    apply(overrides, &mut scenario);
    let base = scenario.page.base_url.take().unwrap_or_else(|| scenario.page.url.clone());
    scenario.page.url = here.into();
    scenario.page.origin = None;
    scenario.page.base_url = Some(base.clone());
    let Ok(replay) = paste::replay_as(&paste, scenario, Profile::of(profile)) else { return Vec::new() };
    let explained = explain::explain(&replay.scenario, &replay.report).fetches;
    let fetches = replay.scenario.fetches.into_iter().zip(replay.report.fetches).zip(explained);
    fetches
        .map(|((fetch, report), explained)| Trial {
            call: fetch.call,
            base: base.clone(),
            outcome: report.outcome,
            consequence: report.consequence,
            verdict: explained.verdict,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::VerdictKind;

    const HERE: &str = "http://localhost:8321/try.html";

    fn kinds(page: &str, text: &str) -> Vec<VerdictKind> {
        let trials = trials(page, text, &Overrides::default(), HERE, ProfileName::Firefox);
        trials.iter().map(|trial| trial.verdict.kind).collect()
    }

    #[test]
    fn it_is_this_page_that_asks() {
        let exchange = |allowed: &str| {
            format!("GET /a HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: {allowed}\n")
        };
        for (allowed, kind) in [
            ("https://app.example", VerdictKind::Blocked),
            ("http://localhost:8321", VerdictKind::Allowed),
            ("*", VerdictKind::Allowed),
        ] {
            assert_eq!(kinds("https://app.example", &exchange(allowed)), [kind], "{allowed}");
        }
    }

    #[test]
    fn relative_urls_are_those_of_the_pasted_page() {
        let found = trials("https://app.example/x/", "fetch('../y')", &Overrides::default(), HERE, ProfileName::Chromium);
        let [trial] = &found[..] else { panic!("{found:?}") };
        assert_eq!(trial.base, "https://app.example/x/");
        let Outcome::NeedsAnswer(needs) = &trial.outcome else { panic!("{:?}", trial.outcome) };
        assert_eq!(needs.request.url, "https://app.example/y");
    }

    #[test]
    fn no_call_is_no_trial() {
        assert_eq!(kinds("https://app.example", "hello"), []);
        assert_eq!(trials("https://app.example", "fetch('/')", &Overrides::default(), "no url", ProfileName::Spec), []);
    }
}
