//! The CORS protocol's own checks, as pure functions over borrowed header lines: they return reasons, never text,
//! and know nothing of the trace.

pub mod check;
pub mod classify;
pub mod corp;
pub mod expose;
pub mod preflight;
pub mod preflight_cache;
pub mod safelist;
pub mod tao;
