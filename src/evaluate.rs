//! [`Scenario`] in, [`Report`] out: the replay of everything that is known, and the request that is missing.

use crate::report::{FetchReport, Report};
use crate::scenario::{Fetch, Page, Scenario, ScenarioError};
use crate::state::BrowserState;

/// Runs every fetch of the scenario as far as its answers go.
///
/// # Errors
/// A scenario that makes no sense is the caller's fault, and names the place.
pub fn evaluate(scenario: &Scenario) -> Result<Report, ScenarioError> {
    let _ = scenario;
    Err(ScenarioError::Version { found: 0 })
}

/// A browser that lives longer than one scenario: it keeps caches and cookies between fetches.
#[derive(Debug, Clone, Default)]
pub struct Browser {
    state: BrowserState,
}

impl Browser {
    /// A browser that remembers nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A browser that remembers `state`.
    pub fn with_state(state: BrowserState) -> Self {
        Self { state }
    }

    /// What it remembers.
    pub fn state(&self) -> &BrowserState {
        &self.state
    }

    /// Runs one fetch of `page` as far as its answers go. Once it has ended, the browser remembers what it left behind;
    /// while it needs an answer, nothing is remembered: add the answer, and call again.
    ///
    /// # Errors
    /// A page or a fetch that makes no sense.
    pub fn fetch(&mut self, page: &Page, fetch: &Fetch) -> Result<FetchReport, ScenarioError> {
        let _ = (page, fetch);
        Err(ScenarioError::Version { found: 0 })
    }
}
