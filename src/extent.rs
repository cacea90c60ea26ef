//! How much is made of a question: everything, or what its first answer needs.
//!
//! A page that has just been opened waits for its engine. The module that it loads first is made with [`First`], from which
//! the linker takes away what only [`Whole`] asks for; the module with everything takes over when it has come.

/// Which of the two.
pub(crate) trait Extent {
    /// Whether everything is wanted.
    const WHOLE: bool;

    /// What a first answer can do without.
    fn whole<T: Default>(make: impl FnOnce() -> T) -> T {
        if Self::WHOLE { make() } else { T::default() }
    }
}

/// Everything.
#[derive(Debug)]
pub(crate) struct Whole;

/// What a first answer needs: the verdict and what leads to it.
#[derive(Debug)]
pub(crate) struct First;

impl Extent for Whole {
    const WHOLE: bool = true;
}

impl Extent for First {
    const WHOLE: bool = false;
}

/// Whether there are an HTTP cache and preloads. The module for first answers does without, and leaves what hangs on them to the
/// whole one: `src/inspect/caches.rs`.
pub(crate) const HAS_CACHES: bool = !cfg!(all(feature = "page-first", not(feature = "wasm")));
