//! The values of a policy, once it is sure that each may stand in a configuration file and in code as it is.

use crate::policy::{AllowedOrigins, Policy, PolicyProblem};

/// The methods that browsers let pages use without asking. Libraries want to be told of them all the same.
const SAFELISTED: [&str; 3] = ["GET", "HEAD", "POST"];

/// The values of a policy. None of them has a quote, a backslash, a space, a `$`, a `%` or any other character that means something
/// to one of the languages, so all that a writer has to do is to put quotes around.
pub(super) struct Values<'a> {
    pub(super) origins: Origins<'a>,
    /// `GET`, `HEAD` and `POST`, and those of the policy.
    pub(super) methods: Vec<&'a str>,
    pub(super) request_headers: Vec<&'a str>,
    pub(super) exposed_headers: Vec<&'a str>,
    pub(super) credentials: bool,
    pub(super) max_age: Option<u32>,
}

/// What `Access-Control-Allow-Origin` says.
pub(super) enum Origins<'a> {
    /// The same to everybody: `*`, or the one origin that is allowed. Caches need not tell one asking page from the next.
    Fixed(&'a str),
    /// Two or more: the one that asks, if it is among these.
    OneOf(Vec<&'a str>),
}

/// Why a policy cannot be written down.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SnippetProblem {
    /// The policy itself is wrong.
    #[error(transparent)]
    Policy(#[from] PolicyProblem),
    /// Nobody is allowed.
    #[error("origins: nobody is listed, and a server without any CORS header does the same; list the origins that may read")]
    NoOrigin,
    /// `*` as a name.
    #[error("{place}: `*` is not the same to every server; name each one")]
    Wildcard {
        /// Where in the policy, such as `methods[0]`.
        place: String,
    },
    /// A value with characters that not every configuration file can hold.
    #[error(
        "{place}: {found:?} has other characters than letters, digits, hyphens, dots and underscores, \
         which cannot be written safely for every server; leave it out here, and add it by hand"
    )]
    Characters {
        /// Where in the policy, such as `methods[0]`.
        place: String,
        /// What stands there.
        found: String,
    },
}

impl SnippetProblem {
    /// Where in the policy, such as `origins[0]`.
    pub fn place(&self) -> &str {
        match self {
            Self::Policy(problem) => problem.place(),
            Self::NoOrigin => "origins",
            Self::Wildcard { place } | Self::Characters { place, .. } => place,
        }
    }
}

impl<'a> Values<'a> {
    pub(super) fn of(policy: &'a Policy) -> Result<Self, Vec<SnippetProblem>> {
        let mut problems: Vec<SnippetProblem> = policy.check().into_iter().map(SnippetProblem::from).collect();
        let mut take = |member: &str, values: &'a [String], is_plain: fn(&str) -> bool| {
            let mut taken: Vec<&str> = Vec::new();
            for (index, value) in values.iter().enumerate() {
                let place = format!("{member}[{index}]");
                if is_plain(value) {
                    if !taken.contains(&value.as_str()) {
                        taken.push(value);
                    }
                } else if !problems.iter().any(|problem| problem.place() == place) {
                    problems.push(match value.as_str() {
                        "*" => SnippetProblem::Wildcard { place },
                        _ => SnippetProblem::Characters { place, found: value.clone() },
                    });
                }
            }
            taken
        };
        let origins = match &policy.origins {
            AllowedOrigins::Any => vec!["*"],
            AllowedOrigins::List(list) => take("origins", list, is_plain_origin),
        };
        let mut methods = SAFELISTED.to_vec();
        methods.extend(take("methods", &policy.methods, is_plain_name).into_iter().filter(|name| !SAFELISTED.contains(name)));
        let request_headers = take("requestHeaders", &policy.request_headers, is_plain_name);
        let exposed_headers = take("exposedHeaders", &policy.exposed_headers, is_plain_name);
        let origins = match origins[..] {
            [] => {
                if problems.is_empty() {
                    problems.push(SnippetProblem::NoOrigin);
                }
                Origins::OneOf(origins)
            }
            [origin] => Origins::Fixed(origin),
            _ => Origins::OneOf(origins),
        };
        if !problems.is_empty() {
            return Err(problems);
        }
        let Policy { credentials, max_age, .. } = *policy;
        Ok(Self { origins, methods, request_headers, exposed_headers, credentials, max_age })
    }

    /// The header lines beside `Access-Control-Allow-Origin` that every answer gets. They need no condition: without that one
    /// they mean nothing.
    pub(super) fn always(&self) -> Vec<(&'static str, String)> {
        let mut lines = Vec::new();
        if self.credentials {
            lines.push(("Access-Control-Allow-Credentials", "true".to_owned()));
        }
        if !self.exposed_headers.is_empty() {
            lines.push(("Access-Control-Expose-Headers", self.exposed_headers.join(", ")));
        }
        lines
    }

    /// The header lines that the answer to a preflight gets on top.
    pub(super) fn of_preflight(&self) -> Vec<(&'static str, String)> {
        let mut lines = vec![("Access-Control-Allow-Methods", self.methods.join(", "))];
        if !self.request_headers.is_empty() {
            lines.push(("Access-Control-Allow-Headers", self.request_headers.join(", ")));
        }
        lines.extend(self.max_age.map(|seconds| ("Access-Control-Max-Age", seconds.to_string())));
        lines
    }

    /// The origins that are listed, if not everybody is allowed.
    pub(super) fn listed(&self) -> Option<&[&'a str]> {
        match &self.origins {
            Origins::Fixed("*") => None,
            Origins::Fixed(origin) => Some(std::slice::from_ref(origin)),
            Origins::OneOf(origins) => Some(origins),
        }
    }
}

/// Each value between double quotes, with commas between them.
pub(super) fn quoted(values: &[&str]) -> String {
    values.iter().map(|value| format!("\"{value}\"")).collect::<Vec<_>>().join(", ")
}

/// Text for a regular expression that stands for itself.
pub(super) fn literal(value: &str) -> String {
    value.chars().flat_map(|character| "\\".chars().filter(move |_| ".[]".contains(character)).chain([character])).collect()
}

fn is_plain_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// NB: `check` has made sure that it is an origin as browsers write it. What is asked here is only which characters it has.
fn is_plain_origin(origin: &str) -> bool {
    origin.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/[]+".contains(&byte))
}
