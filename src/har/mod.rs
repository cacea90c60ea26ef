//! HAR files.

pub(crate) mod date;
