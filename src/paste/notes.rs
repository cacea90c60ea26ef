//! What curl's notes (`* ...`) and last words (`curl: (7) ...`) say about the request that they stand beside.

use super::excerpt::Excerpt;
use crate::network::FailureKind;

/// The scheme of a connection, as far as curl's notes tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Security {
    /// TLS.
    Secure,
    /// Plain text.
    Plain,
}

/// What is known of the request that follows.
#[derive(Debug, Clone, Default)]
pub(super) struct Clues {
    /// Of the connection that is in use.
    pub(super) security: Option<Security>,
    /// URLs that were named; the request's may be among them.
    pub(super) urls: Vec<String>,
    /// Whether an address of the host refused. Another one may do.
    refused: bool,
}

/// What a note says.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoteKind {
    /// Nothing of interest.
    Other,
    /// No response will come, for this reason.
    Failed(FailureKind),
}

impl Clues {
    /// Reads the words of a note.
    pub(super) fn read(&mut self, note: &Excerpt) -> NoteKind {
        const LIMIT: usize = 64;
        let note = note.text();
        let note = note.trim();
        if let Some(rest) = note.strip_prefix("Issue another request to this URL: ") {
            // The URL stands in quotes of either kind.
            self.security = None;
            if self.urls.len() < LIMIT {
                self.urls.push(rest.trim_matches(['\'', '"', '`']).to_owned());
            }
        } else if let Some((_, url)) = note.split_once("OPENED stream for ") {
            if self.urls.len() < LIMIT {
                self.urls.push(url.trim().to_owned());
            }
        } else if note.starts_with("Trying ") {
            self.security = None;
        } else if note.starts_with("connect to ") && note.ends_with("Connection refused") {
            self.refused = true;
        } else if note.starts_with("Connected to ") || note.starts_with("Established connection to ") {
            // NB: newer curls say it after the TLS handshake, older ones before.
            self.refused = false;
            self.security = self.security.or(Some(if says_port_443(note) { Security::Secure } else { Security::Plain }));
        } else if let Some(failure) = failure(note) {
            let refused = std::mem::take(&mut self.refused) && note.starts_with("Failed to connect to ");
            return NoteKind::Failed(if refused { FailureKind::Refused } else { failure });
        } else if is_secure(note) {
            self.security = Some(Security::Secure);
        } else if note.contains("[:scheme: http]") || note.starts_with("Re-using existing http:") {
            self.security = Some(Security::Plain);
        }
        NoteKind::Other
    }
}

fn says_port_443(note: &str) -> bool {
    note.split_once(" port ").is_some_and(|(_, port)| port.split(' ').next() == Some("443"))
}

fn is_secure(note: &str) -> bool {
    const STARTS: &[&str] =
        &["ALPN", "TLSv1", "SSL connection using ", "SSL certificate", "schannel:", "using HTTP/2", "using HTTP/3"];
    STARTS.iter().any(|start| note.starts_with(start))
        || note.contains("[:scheme: https]")
        || note.starts_with("Re-using existing https:")
}

fn failure(note: &str) -> Option<FailureKind> {
    const STARTS: &[(&str, FailureKind)] = &[
        ("Could not resolve host", FailureKind::NameNotFound),
        ("Failed to connect to ", FailureKind::Connection),
        ("Empty reply from server", FailureKind::Closed),
        ("SSL certificate problem", FailureKind::Certificate),
        ("OpenSSL SSL_connect", FailureKind::Connection),
        ("Recv failure", FailureKind::Connection),
        ("Operation timed out", FailureKind::Connection),
        ("Connection timed out", FailureKind::Connection),
    ];
    STARTS.iter().find(|(start, _)| note.starts_with(start)).map(|(_, failure)| *failure)
}

/// What `curl: (CODE) ...` says of the network.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum LastWords {
    /// No response came.
    Failed(FailureKind),
    /// Something else went wrong, such as a file that could not be written.
    Other,
}

/// Reads curl's last words.
pub(super) fn last_words(line: &[u8]) -> Option<LastWords> {
    // What follows where a certificate is not trusted.
    const MORE: [&[u8]; 4] = [
        b"More details here: https://curl.",
        b"curl failed to verify the legitimacy of the server",
        b"establish a secure connection to it.",
        b"how to fix it, please visit the web page",
    ];
    if MORE.iter().any(|start| line.starts_with(start)) {
        return Some(LastWords::Other);
    }
    let rest = line.strip_prefix(b"curl: (")?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let code = std::str::from_utf8(rest.get(..digits)?).ok()?.parse::<u16>().ok()?;
    // <https://curl.se/libcurl/c/libcurl-errors.html>
    Some(match code {
        6 => LastWords::Failed(FailureKind::NameNotFound),
        52 => LastWords::Failed(FailureKind::Closed),
        60 => LastWords::Failed(FailureKind::Certificate),
        5 | 7 | 16 | 28 | 35 | 53 | 54 | 55 | 56 | 58 | 59 | 66 | 80 | 83 | 90 | 91 | 92 | 95 | 96 | 97 => {
            LastWords::Failed(FailureKind::Connection)
        }
        8 => LastWords::Failed(FailureKind::Malformed),
        1 if rest.windows(8).any(|window| window == b"HTTP/0.9") => LastWords::Failed(FailureKind::Malformed),
        _ => LastWords::Other,
    })
}
/// Whether a line is one that a console puts below a message: what was asked for and how it failed, or where in a script.
pub(super) fn is_of_console(line: &[u8]) -> bool {
    line.windows(10).any(|window| window == b" net::ERR_") || line.starts_with(b"at ") || line.contains(&b'@')
}
