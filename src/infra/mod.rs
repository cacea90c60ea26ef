//! What the other standards give Fetch to stand on: bytes, MIME types, origins, sites, ports.

pub mod address_space;
pub mod bytes;
pub mod json;
pub mod mime;
pub mod origin;
pub mod port;
pub mod range;
pub mod site;
pub mod sort;
pub mod url_parser;
