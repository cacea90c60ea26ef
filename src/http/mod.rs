//! Header lists, methods, statuses, requests and responses, each with the algorithms that are its own.

pub mod blocking;
pub mod date;
pub mod extract;
pub mod header_list;
pub mod headers_guard;
pub mod method;
pub mod modes;
pub(crate) mod request;
pub mod request_header;
pub(crate) mod response;
pub mod response_header;
pub mod status;
