//! Which request headers a server without CORS has always had to expect.

use serde::Serialize;

/// Why a header is not a [CORS-safelisted request-header](https://fetch.spec.whatwg.org/#cors-safelisted-request-header).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "reason", rename_all = "camelCase", rename_all_fields = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
pub enum UnsafeHeader {
    /// The name is not on the list.
    Name,
    /// The value has more than 128 bytes.
    TooLong {
        /// How many it has.
        length: usize,
    },
    /// The value has a byte that this header may not have.
    Byte {
        /// Its offset in the value.
        at: usize,
        /// The byte.
        byte: u8,
    },
    /// `Content-Type` is not a MIME type.
    NotMimeType,
    /// `Content-Type` is a MIME type, but none of the three that a form can send.
    MimeType,
    /// `Range` is not a single range `bytes=START-END`.
    NotRange,
    /// `Range` has no start.
    RangeWithoutStart,
    /// Safelisted by itself, but all safelisted values together have more than 1024 bytes.
    TotalTooLong {
        /// How many they have.
        total: usize,
    },
}
