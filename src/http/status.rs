//! <https://fetch.spec.whatwg.org/#concept-status>

use crate::deviations::Deviation;
use crate::profile::Profile;

/// <https://fetch.spec.whatwg.org/#null-body-status>
pub const fn is_null_body(status: u16) -> bool {
    matches!(status, 101 | 103 | 204 | 205 | 304)
}

/// <https://fetch.spec.whatwg.org/#ok-status>
pub const fn is_ok(status: u16) -> bool {
    matches!(status, 200..=299)
}

/// <https://fetch.spec.whatwg.org/#range-status>
pub const fn is_range(status: u16) -> bool {
    matches!(status, 206 | 416)
}

/// <https://fetch.spec.whatwg.org/#redirect-status>
pub const fn is_redirect(status: u16) -> bool {
    matches!(status, 301 | 302 | 303 | 307 | 308)
}

/// Whether a redirect says that it is one for good.
pub const fn is_permanent_redirect(status: u16) -> bool {
    matches!(status, 301 | 308)
}

/// What [`is_redirect`] says, in a browser with the behaviour of `profile`.
pub fn is_redirect_of(profile: Profile, status: u16) -> bool {
    is_redirect(status) || profile.has(Deviation::EveryThreeHundredRedirects) && matches!(status, 309..=399)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::{SPEC, WEBKIT};

    #[test]
    fn redirects_of_a_browser() {
        for (profile, status, expected) in [
            (SPEC, 308, true),
            (SPEC, 309, false),
            (WEBKIT, 309, true),
            (WEBKIT, 399, true),
            (WEBKIT, 304, false),
            (WEBKIT, 400, false),
        ] {
            assert_eq!(is_redirect_of(profile, status), expected, "{profile:?} {status}");
        }
    }

    #[test]
    fn statuses() {
        let all = |holds: fn(u16) -> bool| (0..=999).filter(|&status| holds(status)).collect::<Vec<_>>();
        assert_eq!(all(is_null_body), [101, 103, 204, 205, 304]);
        assert_eq!(all(is_ok), (200..300).collect::<Vec<_>>());
        assert_eq!(all(is_range), [206, 416]);
        assert_eq!(all(is_redirect), [301, 302, 303, 307, 308]);
    }
}
