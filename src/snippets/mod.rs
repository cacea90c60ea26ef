//! A server's CORS policy as that server's own configuration or code.
//!
//! A [`Policy`] says whom a server lets read its answers; [`snippets`] writes it for nginx, Express, Django and others, to be pasted.
//! What a snippet promises is what [`Policy::answer`] says: the same verdicts in every browser, and not the same bytes. Where a
//! server cannot keep all of it, a [note](Note) says in what it differs. The tests in `tests/snippets` start each server that
//! they can, with the text of the snippet as it stands here, and ask it what a browser would.
//!
//! ```
//! use corscope::Policy;
//! use corscope::policy::AllowedOrigins;
//! use corscope::snippets::snippets;
//!
//! let policy = Policy { origins: AllowedOrigins::List(vec!["https://app.example".into()]), ..Policy::default() };
//! let written = snippets(&policy)?;
//! let nginx = written.iter().find(|snippet| snippet.id == "nginx").unwrap();
//! assert!(nginx.files[0].text.contains("add_header Access-Control-Allow-Origin \"https://app.example\" always;"));
//! # Ok::<(), Vec<corscope::snippets::SnippetProblem>>(())
//! ```

mod actix;
mod apache;
mod api_gateway;
mod aspnet;
mod axum;
mod caddy;
mod cloudflare;
mod cloudfront;
mod django;
mod express;
mod fastify;
mod firebase;
mod flask;
mod go;
mod haproxy;
mod hono;
mod koa;
mod nginx;
mod node;
mod rails;
mod s3;
mod spring;
mod starlette;
mod texts;
mod values;

use serde::Serialize;

use crate::policy::Policy;
use values::Values;

pub use texts::Note;
pub use values::SnippetProblem;

/// What to put where in one server, so that it follows a policy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct Snippet {
    /// Its name among the others, which stays: `nginx`.
    pub id: &'static str,
    /// The server as people call it, with the library that is used: `Express, with cors`.
    pub server: &'static str,
    /// What has to be written, in order.
    pub files: Vec<SnippetFile>,
    /// Whether it was run.
    pub tested: Tested,
    /// What is worth knowing before it is pasted, differences from the policy first.
    pub notes: Vec<NoteText>,
}

/// A text, and where it goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
#[non_exhaustive]
pub struct SnippetFile {
    /// What the file is usually called.
    pub name: &'static str,
    /// The language that it is written in, as highlighters call it: `nginx`, `javascript`.
    pub language: &'static str,
    /// Where it goes, in one sentence.
    pub goes: &'static str,
    /// The text, every line of which ends with a line feed.
    pub text: String,
}

/// Whether a snippet was run, and with what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub enum Tested {
    /// Its server was started with it and asked what browsers ask, and its answers had the verdicts of the policy, but for what
    /// the notes say.
    Run {
        /// The versions of server and library: `nginx 1.22.1`.
        with: &'static str,
    },
    /// It is text that nobody has run here.
    NotRun {
        /// Why not.
        why: &'static str,
    },
}

/// A note with its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "page", derive(tsify::Tsify))]
pub struct NoteText {
    /// Which note.
    pub id: Note,
    /// What it says.
    pub text: &'static str,
}

/// A server, and how a policy is written for it.
struct Server {
    id: &'static str,
    name: &'static str,
    files: fn(&Values) -> Vec<SnippetFile>,
    notes: fn(&Values) -> Vec<Note>,
}

/// Those that are run come first.
const SERVERS: [Server; 23] = [
    nginx::SERVER,
    apache::SERVER,
    haproxy::SERVER,
    caddy::SERVER,
    express::SERVER,
    fastify::SERVER,
    hono::SERVER,
    koa::SERVER,
    node::SERVER,
    flask::SERVER,
    django::SERVER,
    starlette::SERVER,
    axum::SERVER,
    actix::SERVER,
    go::SERVER,
    spring::SERVER,
    aspnet::SERVER,
    rails::SERVER,
    s3::SERVER,
    cloudfront::SERVER,
    api_gateway::SERVER,
    cloudflare::SERVER,
    firebase::SERVER,
];

/// What was run: on each line a snippet's `id`, and after a space the versions. `npm run snippets -- --save` writes it.
const RUNS: &str = include_str!("runs.txt");

/// The policy for each server that is known here.
///
/// # Errors
///
/// All that is wrong with the policy, each with its place and remedy. Nothing is written then: the values may come from a stranger,
/// and must not become another line of somebody's configuration.
pub fn snippets(policy: &Policy) -> Result<Vec<Snippet>, Vec<SnippetProblem>> {
    let values = Values::of(policy)?;
    Ok(SERVERS.iter().map(|server| server.snippet(&values)).collect())
}

impl Server {
    fn snippet(&self, values: &Values) -> Snippet {
        let text = |id: Note| NoteText { id, text: id.text() };
        Snippet {
            id: self.id,
            server: self.name,
            files: (self.files)(values),
            tested: self.tested(),
            notes: (self.notes)(values).into_iter().map(text).collect(),
        }
    }

    fn tested(&self) -> Tested {
        let versions = |line: &'static str| line.strip_prefix(self.id)?.strip_prefix(' ');
        match RUNS.lines().find_map(versions) {
            Some(with) => Tested::Run { with },
            None => Tested::NotRun { why: texts::NOT_RUN },
        }
    }
}
