//! What a browser adds to a preflight because of how the request that it is for asks the HTTP cache.

use crate::deviations::Deviation;
use crate::http::header_list::HeaderList;
use crate::http::modes::CacheMode;
use crate::profile::Profile;

/// The header lines for a request in the cache mode `given`, which is `effective` because of the request's own headers.
pub(crate) fn cache_headers(profile: Profile, given: CacheMode, effective: CacheMode, headers: &mut HeaderList) {
    // NB: a request that is conditional by itself is one thing in one browser, and another in the other.
    let mode = match effective {
        CacheMode::NoStore if given != effective && profile.has(Deviation::PreflightWithOwnCacheMode) => CacheMode::NoCache,
        mode if profile.has(Deviation::PreflightWithOwnCacheMode) || profile.has(Deviation::PreflightWithCacheMode) => mode,
        _ => return,
    };
    match mode {
        CacheMode::NoStore | CacheMode::Reload => {
            headers.append(b"Pragma", b"no-cache");
            headers.append(b"Cache-Control", b"no-cache");
        }
        CacheMode::NoCache => headers.append(b"Cache-Control", b"max-age=0"),
        CacheMode::Default | CacheMode::ForceCache | CacheMode::OnlyIfCached => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{CHROMIUM, FIREFOX, SPEC, WEBKIT};

    #[test]
    fn by_browser() {
        use CacheMode::{Default, ForceCache, NoCache, NoStore, Reload};
        let no_cache = "Pragma: no-cache|Cache-Control: no-cache";
        let age = "Cache-Control: max-age=0";
        for (given, effective, expected) in [
            (Default, Default, [""; 4]),
            (ForceCache, ForceCache, [""; 4]),
            (Reload, Reload, ["", no_cache, no_cache, ""]),
            (NoStore, NoStore, ["", no_cache, no_cache, ""]),
            (NoCache, NoCache, ["", age, age, ""]),
            (Default, NoStore, ["", age, no_cache, ""]),
        ] {
            let found = [SPEC, CHROMIUM, FIREFOX, WEBKIT].map(|profile| {
                let mut headers = HeaderList::new();
                cache_headers(profile, given, effective, &mut headers);
                headers.iter().map(|line| format!("{}: {}", line.0, line.1)).collect::<Vec<_>>().join("|")
            });
            assert_eq!(found, expected.map(str::to_owned), "{given:?} {effective:?}");
        }
    }
}
