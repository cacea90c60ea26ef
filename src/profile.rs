//! Which browser answers: the standard, or what one of three browsers was seen to do.

use serde::{Deserialize, Serialize};

use crate::deviations::Deviation;

/// Whose answer is asked for, by name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum ProfileName {
    /// The standards, with the corrections that ARCHITECTURE.md lists.
    #[default]
    Spec,
    /// Chromium 156, as Debian builds it.
    Chromium,
    /// Firefox ESR 153.
    Firefox,
    /// WebKitGTK 2.50. Where only its network library, libsoup, differs, the deviation says so: Safari has another one.
    Webkit,
}

impl ProfileName {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Spec, Self::Chromium, Self::Firefox, Self::Webkit];

    /// The three browsers.
    pub const BROWSERS: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// Its name in scenarios and on command lines.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Spec => "spec",
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// The version whose recordings it follows; nothing for the standard.
    pub const fn version(self) -> Option<&'static str> {
        match self {
            Self::Spec => None,
            Self::Chromium => Some("Chromium 156.0.8078.79"),
            Self::Firefox => Some("Firefox ESR 153.7.0"),
            Self::Webkit => Some("WebKitGTK 2.50.6"),
        }
    }
}

/// The day of the newest recordings in `tests/corpus`, which the browsers' profiles follow. Most are of the versions that
/// [`ProfileName::version`] names; `tests/corpus/README.md` says which are not.
pub const RECORDED_ON: &str = "2026-12-01";

/// How many words the bits of all deviations fill.
const WORDS: usize = Deviation::ALL.len().div_ceil(64);

/// A set of deviations from the standard. The algorithms ask it at the one step that each concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Profile {
    name: ProfileName,
    deviations: [u64; WORDS],
}

/// The standard: no deviation.
pub const SPEC: Profile = Profile::made(ProfileName::Spec);
/// Chromium 156.
pub const CHROMIUM: Profile = Profile::made(ProfileName::Chromium);
/// Firefox ESR 153.
pub const FIREFOX: Profile = Profile::made(ProfileName::Firefox);
/// WebKitGTK 2.50.
pub const WEBKIT: Profile = Profile::made(ProfileName::Webkit);

impl Profile {
    /// The profile of this name.
    ///
    /// ```
    /// use corscope::{Deviation, Profile, ProfileName};
    ///
    /// let firefox = Profile::of(ProfileName::Firefox);
    /// assert!(firefox.has(Deviation::AuthorizationUnderWildcard));
    /// assert!(!firefox.without(Deviation::AuthorizationUnderWildcard).has(Deviation::AuthorizationUnderWildcard));
    /// ```
    pub const fn of(name: ProfileName) -> Self {
        // OPTIMIZATION: they are made while this is compiled.
        match name {
            ProfileName::Spec => SPEC,
            ProfileName::Chromium => CHROMIUM,
            ProfileName::Firefox => FIREFOX,
            ProfileName::Webkit => WEBKIT,
        }
    }

    const fn made(name: ProfileName) -> Self {
        let mut deviations = [0; WORDS];
        let mut index = 0;
        while index < Deviation::ALL.len() {
            let deviation = Deviation::ALL[index];
            if deviation.is_of(name) {
                deviations[word(deviation)] |= bit(deviation);
            }
            index += 1;
        }
        Self { name, deviations }
    }

    /// Whose it is.
    pub const fn name(self) -> ProfileName {
        self.name
    }

    /// Whether it deviates so.
    #[inline]
    pub const fn has(self, deviation: Deviation) -> bool {
        self.deviations[word(deviation)] & bit(deviation) != 0
    }

    /// The same browser, but in this like the standard.
    #[must_use]
    pub const fn without(mut self, deviation: Deviation) -> Self {
        self.deviations[word(deviation)] &= !bit(deviation);
        self
    }

    /// Everything in which it deviates, in the order of the table.
    pub fn deviations(self) -> impl Iterator<Item = Deviation> {
        Deviation::ALL.iter().copied().filter(move |&deviation| self.has(deviation))
    }
}

/// The word that has the bit of a deviation.
const fn word(deviation: Deviation) -> usize {
    deviation as usize / 64
}

const fn bit(deviation: Deviation) -> u64 {
    1 << (deviation as u32 % 64)
}

impl Default for Profile {
    fn default() -> Self {
        SPEC
    }
}

impl From<ProfileName> for Profile {
    fn from(name: ProfileName) -> Self {
        Self::of(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_standard_deviates_nowhere() {
        for name in ProfileName::ALL {
            assert_eq!(Profile::of(name).deviations().count() == 0, name == ProfileName::Spec, "{name:?}");
        }
    }
}
