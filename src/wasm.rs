//! The JavaScript surface: carries scenarios in and reports out. No logic.
//!
//! | feature | what it gives | whose it is |
//! |---|---|---|
//! | `wasm` | verdicts: `evaluate`, `decide`, `Browser` | the package's main entry |
//! | `repair` | repairs and policies | who wants no more than these |
//! | `page` | all of that, and what people read | `corscope/explain`, and the page |
//! | `page-first` | the first answer to a paste, and nothing else | the page, until the former has come |

#[cfg(feature = "wasm")]
mod decide;
#[cfg(feature = "wasm")]
mod engine;
#[cfg(feature = "page")]
mod explain;
#[cfg(feature = "page")]
mod findings;
#[cfg(feature = "page-first")]
mod first;
#[cfg(feature = "page")]
mod har;
mod packed;
#[cfg(feature = "page")]
mod page;
#[cfg(feature = "wasm")]
mod plain;
#[cfg(feature = "repair")]
mod repair;
#[cfg(feature = "wasm")]
mod shapes;
#[cfg(feature = "page")]
mod snippets;
#[cfg(feature = "page")]
mod trial;
#[cfg(feature = "wasm")]
mod types;

#[cfg(feature = "wasm")]
pub use decide::{decide, decide_all};
#[cfg(feature = "wasm")]
pub use engine::{Browser, evaluate};
#[cfg(feature = "wasm")]
use engine::{error, misfitting};
#[cfg(feature = "repair")]
use engine::{refusal, take};
#[cfg(feature = "page")]
pub use explain::explain;
use packed::give;
#[cfg(feature = "repair")]
pub use repair::{minimal_policy, repaired, repairs, what_not_to_do};
