//! What the other standards give Fetch to stand on: bytes, MIME types, origins, sites, ports.

pub mod bytes;
