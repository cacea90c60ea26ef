//! Header lists, methods, statuses, requests and responses, each with the algorithms that are its own.

pub mod header_list;
pub mod modes;
