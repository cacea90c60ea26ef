//! Where browsers differ from the standard: one row a difference.
//!
//! An algorithm asks `profile.has(Deviation::...)` at the one step that the row is about. Each row models a mechanism, and
//! names a recording of `tests/corpus` that comes out wrong without it, which a test checks.

use crate::profile::ProfileName;
use ProfileName::{Chromium, Firefox, Webkit};

/// How a deviation is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Seen in the browser itself, in this recording of `tests/corpus`.
    Measured(&'static str),
    /// Read in the browser's source, which is named; no recording can show it.
    Source(&'static str),
}

macro_rules! deviations {
    ($($(#[doc = $what:literal])+ $variant:ident $name:literal [$($browser:ident),+] $stack:ident $known:expr, $see:literal;)+) => {
        /// A difference between browsers and the standard.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Deviation {
            $($(#[doc = $what])+ $variant,)+
        }

        impl Deviation {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Its name in tables and on command lines.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// What is different, in a sentence or two.
            pub const fn what(self) -> &'static str {
                match self { $(Self::$variant => concat!($($what),+).trim_ascii(),)+ }
            }

            /// The browsers that have it.
            pub const fn browsers(self) -> &'static [ProfileName] {
                match self { $(Self::$variant => &[$($browser),+],)+ }
            }

            /// Whether it belongs to the network library of WebKitGTK, so that Safari need not have it.
            pub const fn layer(self) -> Layer {
                match self { $(Self::$variant => Layer::$stack,)+ }
            }

            /// How it is known.
            pub const fn known(self) -> Known {
                match self { $(Self::$variant => $known,)+ }
            }

            /// Where to read on: the bug, or the discussion. Empty where none is known.
            pub const fn see(self) -> &'static str {
                match self { $(Self::$variant => $see,)+ }
            }
        }
    };
}

/// The part of a browser that deviates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layer {
    /// The engine: every browser that is built on it has the deviation.
    Engine,
    /// The network library that WebKitGTK uses, libsoup: a browser with another one, such as Safari, need not have it.
    Libsoup,
}

impl Deviation {
    /// Whether the browser of this name has it.
    pub const fn is_of(self, name: ProfileName) -> bool {
        let browsers = self.browsers();
        let mut index = 0;
        while index < browsers.len() {
            if browsers[index] as u8 == name as u8 {
                return true;
            }
            index += 1;
        }
        false
    }
}

deviations! {
    /// `Access-Control-Allow-Headers: *` covers `Authorization` as well, in the answer to a preflight.
    AuthorizationUnderWildcard "authorizationUnderWildcard" [Chromium, Firefox, Webkit] Engine
        Known::Measured("acah/auth/omit/_*"), "https://github.com/whatwg/fetch/issues/1919";
    /// Every byte from 0x80 up is a CORS-unsafe request-header byte.
    BytesBeyondAsciiUnsafe "bytesBeyondAsciiUnsafe" [Firefox] Engine
        Known::Measured("safelist-byte/accept/0x81"), "";
    // What elements make of a response.
    /// `window.onerror` sees an `Error` object that a script without CORS made and threw; only the engine's own errors, and
    /// values that are no `Error`, are muted.
    ErrorObjectsUnmuted "errorObjectsUnmuted" [Firefox] Engine
        Known::Measured("element/throwing/(none)/B/star"), "";
}
