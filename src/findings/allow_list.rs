//! Lists of allowed origins as people write them: patterns, and what gets in by them that should not.

use serde::Serialize;

/// What a hole in an allow-list is, the widest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum HoleKind {
    /// Everybody gets in.
    Anybody,
    /// Nothing says what stands before the name: `https://evilexample.com`.
    OpenStart,
    /// Nothing says that the name ends: `https://example.com.evil.test`.
    OpenEnd,
    /// A dot stands for any character: `https://appxexample.com`.
    AnyCharacter,
    /// What is left open can be a name that anybody can register: `https://evil.github.io`.
    OpenName,
    /// `null`
    Null,
    /// `http://` beside `https://`.
    Insecure,
}
