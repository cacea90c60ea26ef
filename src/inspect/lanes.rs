//! Cookies and caches beside the verdict, and who else could read: what the page asks for when somebody looks.

use serde::Serialize;

use super::{Overrides, apply};
use crate::findings::{
    CacheVisit, CookieExchange, LaterRequest, WhoCouldRead, cache_lane, cookie_exchanges, later_lane, who_could_read,
};
use crate::paste;
use crate::profile::{Profile, ProfileName};
use crate::scenario::ScenarioError;

/// What becomes of cookies and caches in one profile.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct LaneView {
    /// The profile.
    pub profile: ProfileName,
    /// Its name, and the version that was measured; nothing for the standard.
    #[cfg_attr(feature = "page", tsify(type = "string | null"))]
    pub version: Option<&'static str>,
    /// The cookies of the fetch, request by request.
    pub cookies: Vec<CookieExchange>,
    /// What each fetch takes from caches and leaves there.
    pub caches: Vec<CacheVisit>,
    /// What requests find in caches that follow the fetch.
    pub later: Vec<LaterRequest>,
}

/// What becomes of the cookies of the fetch at `index`, what caches have for all fetches, and for requests that follow it after so
/// many seconds: in the standard and in each browser. `page` and `overrides` are those of [`inspect`](super::inspect). Empty where
/// the text has no such fetch.
///
/// ```
/// use corscope::inspect::{Overrides, lanes};
///
/// let text = "GET / HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\nSet-Cookie: a=b; SameSite=None; Secure\n";
/// let overrides = Overrides { credentials: Some("include".into()), ..Overrides::default() };
/// let lanes = lanes("https://app.example", text, &overrides, 0, 60.0);
/// // Blocked or not, the cookie is taken.
/// assert!(lanes[0].cookies[0].set[0].sentence.starts_with("it is taken"));
/// ```
pub fn lanes(page: &str, text: &str, overrides: &Overrides, index: usize, after: f64) -> Vec<LaneView> {
    let paste = paste::parse(text, page);
    let Some(mut scenario) = paste.scenario.clone() else { return Vec::new() };
    apply(overrides, &mut scenario);
    let lane = |name: ProfileName| -> Result<Option<LaneView>, ScenarioError> {
        let profile = Profile::of(name);
        let replay = paste::replay_as(&paste, scenario.clone(), profile)?;
        let Some(report) = replay.report.fetches.get(index) else { return Ok(None) };
        Ok(Some(LaneView {
            profile: name,
            version: name.version(),
            cookies: cookie_exchanges(index, report),
            caches: cache_lane(&replay.scenario, profile)?.fetches,
            later: later_lane(&replay.scenario, profile, index, after)?.requests,
        }))
    };
    ProfileName::ALL.into_iter().filter_map(|name| lane(name).ok().flatten()).collect()
}

/// Who could read the answer to the fetch at `index`. The other arguments are those of [`lanes`]. Nothing where the text has no such
/// fetch.
///
/// ```
/// use corscope::findings::Readable;
/// use corscope::inspect::{Overrides, readers};
///
/// let text = "GET / HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\n";
/// let who = readers("https://app.example", text, &Overrides::default(), 0).unwrap();
/// assert!(who.readers.iter().all(|reader| reader.same_answers[0].without_credentials == Readable::Yes));
/// ```
pub fn readers(page: &str, text: &str, overrides: &Overrides, index: usize) -> Option<WhoCouldRead> {
    let paste = paste::parse(text, page);
    let mut scenario = paste.scenario.clone()?;
    apply(overrides, &mut scenario);
    let replay = paste::replay(&paste, scenario).ok()?;
    replay.scenario.fetches.get(index)?;
    who_could_read(&replay.scenario, index).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::{CacheHit, LaterEnd};

    #[test]
    fn lanes_of_a_text() {
        let text =
            "GET /a HTTP/1.1\nHost: api.example\n\nHTTP/1.1 200 OK\nAccess-Control-Allow-Origin: *\nCache-Control: max-age=60\n";
        let found = lanes("https://app.example", text, &Overrides::default(), 0, 30.0);
        assert_eq!(found.iter().map(|lane| lane.profile).collect::<Vec<_>>(), ProfileName::ALL);
        for lane in &found {
            assert_eq!(lane.caches[0].responses[0].fresh_for, Some(60.0), "{:?}", lane.profile);
            assert_eq!((lane.later[0].requests[0].hit, lane.later[0].ends), (CacheHit::Kept, LaterEnd::Given));
        }
        assert_eq!(lanes("https://app.example", text, &Overrides::default(), 1, 30.0), []);
        assert_eq!(lanes("https://app.example", "hello", &Overrides::default(), 0, 30.0), []);
        assert_eq!(readers("https://app.example", "hello", &Overrides::default(), 0), None);
        assert_eq!(readers("https://app.example", text, &Overrides::default(), 1), None);
    }
}
