//! The `Headers` class: <https://fetch.spec.whatwg.org/#headers-class>. A header that its guard does not let in is dropped
//! without a word, so every edit says what became of it.

use std::borrow::Cow;

use super::header_list::{Header, HeaderList, joined};
use super::request_header::{
    PRIVILEGED_NO_CORS_NAMES, is_forbidden_request_header, is_header_name, is_header_value, is_no_cors_safelisted_name,
    is_privileged_no_cors_name, normalize_value,
};
use super::response_header::is_forbidden_response_header_name;
use crate::cors::safelist::cors_safelisted_request_header;
use crate::deviations::Deviation;
use crate::profile::{Profile, SPEC};
use crate::trace::DropReason;

/// <https://fetch.spec.whatwg.org/#concept-headers-guard>
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Guard {
    /// Anything may be set.
    None,
    /// No forbidden request-headers.
    Request,
    /// No-CORS-safelisted request-headers only.
    RequestNoCors,
    /// No forbidden response-header names.
    Response,
    /// Nothing may be changed.
    Immutable,
}

/// <https://fetch.spec.whatwg.org/#headers>
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headers {
    profile: Profile,
    guard: Guard,
    list: HeaderList,
}

/// What became of an edit that did not throw.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edited {
    /// It was done.
    Done,
    /// It was done, and these privileged headers were removed because of it.
    DoneAndPurged(Vec<Header>),
    /// Nothing was changed.
    Dropped(DropReason),
}

/// Why an edit threw a `TypeError`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeaderError {
    /// The name is not a header name.
    Name,
    /// The value, normalized, is not a header value.
    Value,
    /// The guard is immutable.
    Immutable,
}

impl Headers {
    /// Headers with this guard and this list.
    pub const fn new(guard: Guard, list: HeaderList) -> Self {
        Self { profile: SPEC, guard, list }
    }

    /// The same in a browser with the behaviour of `profile`.
    #[must_use]
    pub fn with_profile(self, profile: Profile) -> Self {
        Self { profile, ..self }
    }

    /// The guard.
    pub const fn guard(&self) -> Guard {
        self.guard
    }

    /// The header list.
    pub const fn list(&self) -> &HeaderList {
        &self.list
    }

    /// The header list.
    pub fn into_list(self) -> HeaderList {
        self.list
    }

    /// <https://fetch.spec.whatwg.org/#concept-headers-append>
    ///
    /// # Errors
    /// Where script gets a `TypeError`.
    pub fn append(&mut self, name: &[u8], value: &[u8]) -> Result<Edited, HeaderError> {
        // 1. Normalize the value.
        let value = normalize_value(value);
        // 2. Validate.
        if let Some(dropped) = self.validate(name, value)? {
            return Ok(Edited::Dropped(dropped));
        }
        // 3. In mode no-cors the value that it would have afterwards has to be safelisted.
        if self.guard == Guard::RequestNoCors && !self.is_safelisted_with(joined(&self.list, name), name, value) {
            return Ok(Edited::Dropped(DropReason::NoCors));
        }
        // 4. Append.
        self.list.append(name, value);
        // 5. Remove the privileged ones.
        Ok(self.remove_privileged())
    }

    /// Appends a header that the guard is not asked about.
    pub(crate) fn append_unguarded(&mut self, name: &[u8], value: &[u8]) {
        self.list.append(name, value);
    }

    /// <https://fetch.spec.whatwg.org/#dom-headers-set>
    ///
    /// # Errors
    /// Where script gets a `TypeError`.
    pub fn set(&mut self, name: &[u8], value: &[u8]) -> Result<Edited, HeaderError> {
        // 1. Normalize the value.
        let value = normalize_value(value);
        // 2. Validate.
        if let Some(dropped) = self.validate(name, value)? {
            return Ok(Edited::Dropped(dropped));
        }
        // 3. In mode no-cors it has to be safelisted.
        if self.guard == Guard::RequestNoCors {
            let before = joined(&self.list, name).filter(|_| self.profile.has(Deviation::SetCheckedLikeAppend));
            if !self.is_safelisted_with(before, name, value) {
                return Ok(Edited::Dropped(DropReason::NoCors));
            }
        }
        // 4. Set.
        self.list.set(name, value);
        // 5. Remove the privileged ones.
        Ok(self.remove_privileged())
    }

    /// <https://fetch.spec.whatwg.org/#dom-headers-delete>
    ///
    /// # Errors
    /// Where script gets a `TypeError`.
    pub fn delete(&mut self, name: &[u8]) -> Result<Edited, HeaderError> {
        // 1. Validate, with an empty value.
        if let Some(dropped) = self.validate(name, b"")? {
            return Ok(Edited::Dropped(dropped));
        }
        // 2. In mode no-cors only what can be there may be deleted.
        if self.guard == Guard::RequestNoCors && !is_no_cors_safelisted_name(name) && !is_privileged_no_cors_name(name) {
            return Ok(Edited::Dropped(DropReason::NoCors));
        }
        // 3. What is not there cannot be deleted, and then nothing privileged is removed either.
        if !self.list.contains(name) {
            return Ok(Edited::Done);
        }
        // 4. Delete.
        self.list.delete(name);
        // 5. Remove the privileged ones.
        Ok(self.remove_privileged())
    }

    /// <https://fetch.spec.whatwg.org/#headers-validate>: nothing, or why the edit is dropped.
    fn validate(&self, name: &[u8], value: &[u8]) -> Result<Option<DropReason>, HeaderError> {
        // 1. Name and value have to be ones.
        if !is_header_name(name) {
            return Err(HeaderError::Name);
        }
        if !is_header_value(value) {
            return Err(HeaderError::Value);
        }
        match self.guard {
            // 2. Immutable throws.
            Guard::Immutable => Err(HeaderError::Immutable),
            // 3. A forbidden request-header.
            Guard::Request if is_forbidden_request_header(self.profile, name, value) => Ok(Some(DropReason::Forbidden)),
            // 4. A forbidden response-header name.
            Guard::Response if is_forbidden_response_header_name(name) => Ok(Some(DropReason::Forbidden)),
            // 5. Otherwise it is valid.
            _ => Ok(None),
        }
    }

    /// <https://fetch.spec.whatwg.org/#concept-headers-remove-privileged-no-cors-request-headers>, if the guard asks for it.
    fn remove_privileged(&mut self) -> Edited {
        if self.guard != Guard::RequestNoCors {
            return Edited::Done;
        }
        let privileged = |header: &&Header| is_privileged_no_cors_name(header.0.as_bytes());
        let purged: Vec<Header> = self.list.iter().filter(privileged).cloned().collect();
        PRIVILEGED_NO_CORS_NAMES.into_iter().for_each(|name| self.list.delete(name));
        if purged.is_empty() { Edited::Done } else { Edited::DoneAndPurged(purged) }
    }

    /// Whether a value is no-CORS-safelisted once it has joined what stands before it.
    fn is_safelisted_with(&self, before: Option<Cow<[u8]>>, name: &[u8], value: &[u8]) -> bool {
        match before {
            None => is_no_cors_safelisted(self.profile, name, value),
            Some(before) => is_no_cors_safelisted(self.profile, name, &[&*before, value].join(&b", "[..])),
        }
    }
}

/// <https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header>
pub fn is_no_cors_safelisted(profile: Profile, name: &[u8], value: &[u8]) -> bool {
    // 1. The name. 2. The value.
    is_no_cors_safelisted_name(name) && cors_safelisted_request_header(profile, name, value).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(headers: &[(&str, &str)]) -> HeaderList {
        headers.iter().map(|(name, value)| Header(name.as_bytes().into(), value.as_bytes().into())).collect::<Vec<_>>().into()
    }

    enum Edit<'a> {
        Append(&'a str, &'a str),
        Set(&'a str, &'a str),
        Delete(&'a str),
    }

    #[test]
    fn edits() {
        use DropReason::{Forbidden, NoCors};
        use Edit::{Append, Delete, Set};
        use Guard::{Immutable, None, Request, RequestNoCors, Response};
        let long = "x".repeat(100);
        let done = || Ok(Edited::Done);
        let dropped = |reason| Ok(Edited::Dropped(reason));
        let purged = || Ok(Edited::DoneAndPurged(vec![Header(b"Range".into(), b"bytes=0-".into())]));
        // guard, before, edit, result, after
        for (guard, before, edit, result, after) in [
            (None, &[][..], Append("Cookie", "x"), done(), &[("Cookie", "x")][..]),
            (None, &[], Set("X", " a\r\n"), done(), &[("X", "a")]),
            (None, &[], Set("X", "a\nb"), Err(HeaderError::Value), &[]),
            (None, &[], Append("X", "a\0"), Err(HeaderError::Value), &[]),
            (None, &[], Append("X Y", "a"), Err(HeaderError::Name), &[]),
            (None, &[], Append("", "a"), Err(HeaderError::Name), &[]),
            (None, &[], Delete("X Y"), Err(HeaderError::Name), &[]),
            (Immutable, &[("X", "1")], Set("X", "2"), Err(HeaderError::Immutable), &[("X", "1")]),
            (Immutable, &[("X", "1")], Delete("Y"), Err(HeaderError::Immutable), &[("X", "1")]),
            (Immutable, &[], Append("X Y", "1"), Err(HeaderError::Name), &[]),
            (Request, &[], Append("Cookie", "x"), dropped(Forbidden), &[]),
            (Request, &[], Append("sec-x", "x"), dropped(Forbidden), &[]),
            (Request, &[], Set("X-HTTP-Method", "trace"), dropped(Forbidden), &[]),
            (Request, &[("X-HTTP-Method", "GET")], Delete("X-HTTP-Method"), done(), &[]),
            (Request, &[], Append("Set-Cookie", "x"), dropped(Forbidden), &[]),
            (Request, &[("x-a", "1")], Append("X-A", "2"), done(), &[("x-a", "1"), ("x-a", "2")]),
            (Response, &[], Append("Set-Cookie", "x"), dropped(Forbidden), &[]),
            (Response, &[], Append("Cookie", "x"), done(), &[("Cookie", "x")]),
            (RequestNoCors, &[], Append("Accept", &long), done(), &[("Accept", &long)]),
            (RequestNoCors, &[("Accept", &long)], Append("accept", &long), dropped(NoCors), &[("Accept", &long)]),
            (RequestNoCors, &[("Accept", &long)], Set("accept", "x"), done(), &[("Accept", "x")]),
            (
                RequestNoCors,
                &[("Content-Type", "text/plain")],
                Append("Content-Type", "text/plain"),
                dropped(NoCors),
                &[("Content-Type", "text/plain")],
            ),
            (RequestNoCors, &[], Append("Content-Type", "application/json"), dropped(NoCors), &[]),
            (RequestNoCors, &[], Append("X-A", "1"), dropped(NoCors), &[]),
            (RequestNoCors, &[], Append("Range", "bytes=0-"), dropped(NoCors), &[]),
            (RequestNoCors, &[("Range", "bytes=0-")], Append("Accept", "x"), purged(), &[("Accept", "x")]),
            (RequestNoCors, &[("Range", "bytes=0-")], Set("Accept", "x"), purged(), &[("Accept", "x")]),
            (RequestNoCors, &[("Range", "bytes=0-"), ("Accept", "x")], Delete("Accept"), purged(), &[]),
            (RequestNoCors, &[("Range", "bytes=0-")], Delete("Accept"), done(), &[("Range", "bytes=0-")]),
            (RequestNoCors, &[("Range", "bytes=0-")], Append("X-A", "x"), dropped(NoCors), &[("Range", "bytes=0-")]),
            (RequestNoCors, &[("Range", "bytes=0-")], Delete("range"), done(), &[]),
            (RequestNoCors, &[("X-A", "1")], Delete("X-A"), dropped(NoCors), &[("X-A", "1")]),
        ] {
            let mut headers = Headers::new(guard, list(before));
            let (what, found) = match edit {
                Append(name, value) => (name, headers.append(name.as_bytes(), value.as_bytes())),
                Set(name, value) => (name, headers.set(name.as_bytes(), value.as_bytes())),
                Delete(name) => (name, headers.delete(name.as_bytes())),
            };
            assert_eq!((found, headers.list()), (result, &list(after)), "{guard:?} {what}");
        }
    }
}
