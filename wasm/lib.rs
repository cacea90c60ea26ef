//! The crate's JavaScript surface, for the linker.

#[allow(unused_imports, reason = "what a module exports may have no name in Rust")]
pub use corscope::wasm::*;
