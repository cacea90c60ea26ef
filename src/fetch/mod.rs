//! [Fetching](https://fetch.spec.whatwg.org/#fetching)

pub(crate) mod environment;
pub(crate) mod metadata;
pub(crate) mod referrer;
pub(crate) mod secure;
