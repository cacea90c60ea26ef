//! The format of a recording: one case per line, as `tests/corpus/README.md` describes it.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use corscope::scenario::{LocalNetworkPermission, OutsidePolicy};
use flate2::read::MultiGzDecoder;
use serde::Deserialize;
use serde_json::Value;

use super::hosts::expand;

/// A case: what a page did, what the servers were told to answer, and what each browser was seen to do.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Case {
    /// `theme/label`
    pub(super) id: String,
    /// Which page: `A`, `P` or `S`.
    #[serde(default = "page_a")]
    pub(super) page: String,
    /// In which kind of document or worker of that page the steps run.
    #[serde(default)]
    pub(super) ctx: Context,
    /// The headers that the frame or worker came with.
    #[serde(default)]
    pub(super) policy: Vec<(String, String)>,
    /// Where the page counts as one with a public address: whether it may reach this machine.
    #[serde(default)]
    pub(super) local_network: Option<LocalNetworkPermission>,
    /// Which recorder it is of. The first one knew by the prefix of the case's paths which lines are the case's; the second one
    /// takes all that are printed, those about other policies with them.
    #[serde(default = "first")]
    pub(super) recorder: u8,
    /// The day on which it was recorded, and in which version of each browser: of what an older recorder made, its README says so.
    #[serde(default)]
    pub(super) recorded_on: Option<String>,
    #[serde(default)]
    pub(super) recorded_in: BTreeMap<String, String>,
    /// What it did, in order.
    pub(super) steps: Vec<Step>,
    /// The answers by path under `{{ID}}/`; `*` for any other path.
    pub(super) server: BTreeMap<String, Answers>,
    /// What was seen.
    pub(super) expect: Expect,
    /// What each browser printed, and Chromium's codes, in order.
    #[serde(default)]
    pub(super) console: BTreeMap<String, Vec<Entry>>,
    /// The line of the file.
    #[serde(skip)]
    pub(super) line: String,
}

/// An entry of a console, or of Chromium's protocol.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Entry {
    /// A line.
    pub(super) text: Option<String>,
    /// The name of a CORS error.
    pub(super) code: Option<String>,
    /// Its parameter.
    pub(super) parameter: Option<String>,
}

/// The environments that a recording's steps can run in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Context {
    /// The page itself.
    #[default]
    Page,
    /// `<iframe sandbox=allow-scripts src>`
    Sandbox,
    /// `<iframe src="data:text/html,...">`
    Data,
    /// `<iframe sandbox=allow-scripts srcdoc>`
    SandboxSrcdoc,
    /// `<iframe srcdoc>`
    Srcdoc,
    /// `<iframe src="blob:...">`
    Blob,
    /// `<iframe src>` of the page's own origin.
    Frame,
    /// A dedicated worker.
    Worker,
}

/// Which API a step used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Api {
    /// `fetch()`
    #[default]
    Fetch,
    /// `XMLHttpRequest`
    Xhr,
    /// `<img>`
    Img,
    /// `<script>`
    Script,
    /// `<link rel=stylesheet>`
    Css,
    /// `<link rel=preload>`
    Preload,
    /// `FontFace`
    Font,
    /// `EventSource`
    EventSource,
    /// `navigator.sendBeacon()`
    Beacon,
    /// `import()`
    Import,
}

/// One call. The members of all APIs are in one structure, as in the recordings.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Step {
    pub(super) api: Api,
    pub(super) url: String,
    /// `fetch`'s second argument.
    pub(super) init: Init,
    /// How headers were given to `fetch`.
    pub(super) via: Via,
    /// How long the page waited before the step, in milliseconds.
    pub(super) wait: f64,
    /// After how long the page gave up, in milliseconds.
    pub(super) timeout: Option<f64>,
    /// XHR: the method given to `open`.
    pub(super) method: Option<String>,
    /// XHR: what was given to `setRequestHeader`.
    pub(super) headers: Vec<(String, String)>,
    /// XHR and `EventSource`: `withCredentials`.
    pub(super) wc: bool,
    /// XHR: whether a listener was registered on `xhr.upload`.
    pub(super) upload: bool,
    /// XHR: whether it was synchronous.
    pub(super) sync: bool,
    /// XHR and `sendBeacon`: what was sent.
    pub(super) body: Option<Body>,
    /// XHR: the user name given to `open`.
    pub(super) user: Option<String>,
    /// XHR: the password given to `open`.
    pub(super) password: Option<String>,
    /// Policies outside of the engine that block it.
    #[serde(rename = "blockedBy")]
    pub(super) blocked_by: Vec<OutsidePolicy>,
    /// XHR: the names given to `getResponseHeader`.
    pub(super) get: Vec<String>,
    /// Elements: the `crossorigin` attribute.
    pub(super) crossorigin: Option<String>,
    /// `<script>`: whether it is a module.
    pub(super) module: bool,
    /// `<link rel=preload>`: the `as` attribute.
    #[serde(rename = "as")]
    pub(super) destination: Option<String>,
}

/// The members of `fetch`'s `init`, and the recorder's own `timeout`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Init {
    pub(super) method: Option<String>,
    pub(super) mode: Option<String>,
    pub(super) credentials: Option<String>,
    pub(super) cache: Option<String>,
    pub(super) redirect: Option<String>,
    pub(super) referrer: Option<String>,
    pub(super) referrer_policy: Option<String>,
    pub(super) integrity: Option<String>,
    pub(super) duplex: Option<String>,
    pub(super) keepalive: Option<bool>,
    pub(super) headers: Option<Vec<(String, String)>>,
    pub(super) body: Option<Body>,
    /// After how long the page gave up, in milliseconds.
    pub(super) timeout: Option<f64>,
}

/// How a step gave its headers to `fetch`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(super) enum Via {
    /// A list of pairs in `init.headers`.
    #[default]
    #[serde(rename = "init")]
    Init,
    /// `append` on a new `Headers`, which became `init.headers`.
    Headers,
    /// `append` on the `headers` of a `Request`.
    #[serde(rename = "append")]
    Append,
    /// `set` on the `headers` of a `Request`.
    #[serde(rename = "set")]
    Set,
}

/// A request body, by the kind of object that it was.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(untagged)]
pub(super) enum Body {
    /// A string.
    Text(String),
    /// A `Blob` of this text and type.
    Blob {
        /// Its text.
        blob: String,
        /// Its type.
        #[serde(default, rename = "type")]
        mime_type: String,
    },
    /// A `URLSearchParams`.
    UrlSearchParams {
        /// Its string.
        usp: String,
    },
    /// A `Uint8Array`.
    Bytes {
        /// Its bytes.
        bytes: Vec<u8>,
    },
    /// A `ReadableStream`.
    Stream {
        /// Its text.
        stream: String,
    },
    /// A `FormData`.
    Form {
        /// Its entries.
        form: Vec<(String, String)>,
    },
}

/// What a server says at one path.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Answers {
    /// To an `OPTIONS` with `Access-Control-Request-Method`.
    pub(super) pf: OneOrMore,
    /// To everything else.
    pub(super) main: OneOrMore,
}

/// Answers in order, of which the last repeats.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum OneOrMore {
    /// Always the same.
    One(Box<ScriptedAnswer>),
    /// One after the other.
    More(Vec<ScriptedAnswer>),
}

impl Default for OneOrMore {
    fn default() -> Self {
        Self::More(Vec::new())
    }
}

impl OneOrMore {
    /// Every answer.
    pub(super) fn all(&self) -> &[ScriptedAnswer] {
        match self {
            Self::One(answer) => std::slice::from_ref(answer),
            Self::More(answers) => answers,
        }
    }

    /// The answer to the request at `index`, if there is one at all.
    pub(super) fn at(&self, index: usize) -> Option<&ScriptedAnswer> {
        match self {
            Self::One(answer) => Some(answer),
            Self::More(answers) => answers.get(index).or(answers.last()),
        }
    }
}

/// An answer that a server was told to give.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct ScriptedAnswer {
    /// Its status.
    pub(super) s: Option<u32>,
    /// Its reason phrase.
    pub(super) r: Option<String>,
    /// Its header lines.
    pub(super) h: Vec<(String, String)>,
    /// Its body, or `@png`, `@font`.
    pub(super) b: Option<String>,
    /// How long the server waited, in milliseconds.
    pub(super) d: f64,
    /// Whether it closed the connection instead.
    pub(super) drop: bool,
    /// Whether it closed the connection after it, whatever the status.
    pub(super) close: bool,
    /// What it sent right after it, where this is an interim answer.
    pub(super) then: Option<Box<ScriptedAnswer>>,
}

/// What was seen: once where the three browsers agree, else by browser.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Expect {
    pub(super) all: Option<Seen>,
    pub(super) chromium: Option<Seen>,
    pub(super) firefox: Option<Seen>,
    pub(super) webkit: Option<Seen>,
}

/// What a browser was seen to do.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
pub(super) struct Seen {
    /// How each step ended.
    pub(super) steps: Vec<SeenStep>,
    /// The requests on the wire, in order.
    pub(super) wire: Vec<SeenRequest>,
    /// What was printed, where that is known.
    #[serde(skip)]
    pub(super) printed: Option<Printed>,
}

/// What a browser printed in the course of a case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Printed {
    /// The lines of the console.
    pub(super) lines: Vec<String>,
    /// Chromium's CORS errors, each with its parameter.
    pub(super) codes: Vec<String>,
    /// Whether some of them are about URLs that are not under the prefix of the case. Errors do not say which URL they are about.
    pub(super) has_foreign_codes: bool,
}

/// How a step ended.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub(super) struct SeenStep {
    pub(super) out: Ending,
    /// The name of the exception.
    #[serde(default)]
    pub(super) err: Option<String>,
    /// The response as script saw it.
    #[serde(default)]
    pub(super) res: Option<SeenResponse>,
    /// What an element or API made of it.
    #[serde(flatten)]
    pub(super) made: SeenMade,
}

/// What an element or API made of the end of its fetch.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct SeenMade {
    /// `<img>`: what reading a canvas that it is drawn on gave: `false`, or the name of the exception.
    pub(super) taint: Option<Value>,
    /// `<script>`: whether the error that it threw was muted. Nothing where it threw none.
    pub(super) muted: Option<bool>,
    /// `<link rel=stylesheet>`: how many rules script can read, or the name of the exception.
    pub(super) rules: Option<Value>,
    /// `EventSource`: `readyState` after its `error` event.
    pub(super) ready_state: Option<u8>,
    /// `navigator.sendBeacon()`: what it returned.
    pub(super) ok: Option<bool>,
}

/// How a step can end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Ending {
    /// With a response, or `load`.
    Resolved,
    /// With a rejection, or `error`.
    Rejected,
    /// The API threw.
    CtorError,
    /// The page gave up.
    Timeout,
}

/// A response as script saw it; XHR has no `type` and `redirected`, and `all` in place of `headers`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
pub(super) struct SeenResponse {
    #[serde(rename = "type")]
    pub(super) response_type: Option<String>,
    pub(super) status: u32,
    pub(super) url: String,
    pub(super) redirected: Option<bool>,
    pub(super) headers: Option<Vec<(String, String)>>,
    /// `getAllResponseHeaders()`
    pub(super) all: Option<String>,
}

/// A request on the wire.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub(super) struct SeenRequest {
    /// Which step it belongs to.
    pub(super) step: usize,
    /// The server, by its placeholder's name.
    pub(super) to: String,
    pub(super) method: String,
    /// Path and query.
    pub(super) path: String,
    /// The headers that the recorder kept: lower-case names, sorted.
    pub(super) headers: Vec<(String, String)>,
    pub(super) preflight: bool,
}

fn first() -> u8 {
    1
}

fn page_a() -> String {
    "A".into()
}

impl Case {
    /// What the id says before its first `/`.
    pub(super) fn theme(&self) -> &str {
        self.id.split_once('/').map_or(self.id.as_str(), |(theme, _)| theme)
    }
}

impl Step {
    /// The headers that the step set, as it wrote them.
    pub(super) fn author_headers(&self) -> &[(String, String)] {
        self.init.headers.as_deref().unwrap_or(&self.headers)
    }
}

/// Reads the cases of a file, gzip-compressed or plain. Placeholders are replaced, but for the ids.
pub(super) fn read(path: &Path) -> Result<Vec<Case>, RecordingError> {
    let unreadable = |error| RecordingError::Unreadable { path: path.to_owned(), error };
    let bytes = fs::read(path).map_err(unreadable)?;
    let text = if bytes.starts_with(&[0x1f, 0x8b]) {
        let mut text = String::new();
        MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text).map_err(unreadable)?;
        text
    } else {
        String::from_utf8(bytes).map_err(|error| unreadable(std::io::Error::new(std::io::ErrorKind::InvalidData, error)))?
    };
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(index, line)| parse(line).map_err(|error| RecordingError::Line { path: path.to_owned(), line: index + 1, error }))
        .collect()
}

/// One line of a file.
pub(super) fn parse(line: &str) -> Result<Case, serde_json::Error> {
    let id = serde_json::from_str::<IdOnly>(line)?.id;
    let case: Case = serde_json::from_str(&expand(line))?;
    Ok(Case { id, line: line.to_owned(), ..case })
}

#[derive(Deserialize)]
struct IdOnly {
    id: String,
}

/// A file of recordings that cannot be read.
#[derive(Debug, thiserror::Error)]
pub(super) enum RecordingError {
    /// The file itself.
    #[error("{}: {error}; give files of JSON Lines, gzip-compressed or plain", path.display())]
    Unreadable {
        /// Which one.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A line of it.
    #[error("{}:{line}: not a case of a recording: {error}", path.display())]
    Line {
        /// Which file.
        path: PathBuf,
        /// Which line, from 1.
        line: usize,
        /// What the parser says.
        error: serde_json::Error,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_is_read() {
        let case = parse(
            r#"{"id":"acao/{{A}}","page":"S","steps":[{"url":"{{B}}/{{ID}}/m","init":{"body":{"blob":"x"},"timeout":5},"via":"append"},
            {"api":"xhr","url":"x","wc":true,"body":"b"}],"server":{"m":{"pf":{"s":204},"main":[{"drop":true},{"h":[["A","{{A}}"]]}]}},
            "expect":{"all":{"steps":[{"out":"ctor-error","err":"TypeError"}],"wire":[]}}}"#,
        )
        .unwrap();
        assert_eq!((case.id.as_str(), case.theme(), case.page.as_str(), case.ctx), ("acao/{{A}}", "acao", "S", Context::Page));
        let [fetch, xhr] = case.steps.as_slice() else { panic!("two steps") };
        assert_eq!((fetch.api, fetch.url.as_str(), fetch.via), (Api::Fetch, "http://b.test:8103/case/m", Via::Append));
        assert_eq!(fetch.init.body, Some(Body::Blob { blob: "x".into(), mime_type: String::new() }));
        assert_eq!((xhr.api, xhr.wc, &xhr.body), (Api::Xhr, true, &Some(Body::Text("b".into()))));
        let main = &case.server["m"].main;
        assert!(main.at(0).unwrap().drop);
        assert_eq!(main.at(1).unwrap().h, [("A".to_owned(), "http://a.test:8101".to_owned())]);
        assert_eq!(main.at(2), main.at(1), "the last one repeats");
        assert_eq!(case.server["m"].pf.at(7).unwrap().s, Some(204));
        assert_eq!(case.expect.all.unwrap().steps[0].out, Ending::CtorError);
    }

    #[test]
    fn a_line_that_is_no_case_is_named() {
        let directory = std::env::temp_dir().join(format!("corscope-recording-{}", std::process::id()));
        fs::create_dir_all(&directory).unwrap();
        let path = directory.join("broken.jsonl");
        fs::write(&path, "\n{\"id\":1}\n").unwrap();
        let message = read(&path).unwrap_err().to_string();
        fs::remove_dir_all(&directory).unwrap();
        assert!(message.contains("broken.jsonl:2: not a case"), "{message}");
    }
}
