//! What each piece of the text was read as: nothing is passed over silently.

use serde::Serialize;

use super::span::{Span, Spans};

/// A piece of the text, in whole lines but where one thing is glued to another. All parts together are the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct PastedPart {
    /// Where.
    pub span: Span,
    /// What it was read as.
    pub kind: PastedPartKind,
}

/// What a piece of the text was read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[cfg_attr(feature = "wasm", derive(tsify::Tsify))]
#[non_exhaustive]
pub enum PastedPartKind {
    /// Empty lines, and lines with nothing but a mark.
    Blank,
    /// What people and programs put around: code fences, rulers, prompts, a byte order mark.
    Ornament,
    /// curl's own words: notes, its progress meter.
    Note,
    /// A command, or a script's call. It is a message of its own unless what it sent is in the paste too.
    Command {
        /// The first message that it makes.
        #[cfg_attr(feature = "wasm", tsify(type = "number | null"))]
        message: Option<usize>,
    },
    /// A JSON document, whose values its messages point to.
    Document,
    /// What a browser's console says.
    Console {
        /// The index among the messages of consoles.
        message: usize,
    },
    /// A script around the calls that were read in it.
    Script,
    /// The start line of a message.
    StartLine {
        /// Which.
        message: usize,
    },
    /// A header line of a message.
    Header {
        /// Which message.
        message: usize,
        /// The index among its headers.
        line: usize,
    },
    /// A pseudo-header of a message.
    PseudoHeader {
        /// Which message.
        message: usize,
    },
    /// Body of a message.
    Body {
        /// Which.
        message: usize,
    },
    /// A line once more, as `curl -iv` writes it to a terminal.
    Echo {
        /// The message that it belongs to.
        message: usize,
    },
    /// A tool's word that no response came.
    Failure {
        /// The message.
        message: usize,
    },
    /// It could not be read.
    Problem {
        /// The index among the problems.
        problem: usize,
    },
}

impl Spans for PastedPart {
    fn each_span(&mut self, change: &mut dyn FnMut(&mut Span)) {
        change(&mut self.span);
    }
}
