//! The shells of the Rust snippets: one program for all of them, since compiling takes the time. The folder in the variable
//! SNIPPETS has the snippets of each policy: `SERVER-POLICY.rs`.

mod actix;
mod axum;

/// A module for each policy, with its snippet, and `cors(name)`, which finds the one of that name.
macro_rules! policies {
    ($server:literal, $type:ty, $($policy:ident),+) => {
        $(mod $policy {
            include!(concat!(env!("SNIPPETS"), "/", $server, "-", stringify!($policy), ".rs"));
        })+

        fn cors(policy: &str) -> Option<$type> {
            match policy {
                $(stringify!($policy) => Some($policy::cors()),)+
                _ => None,
            }
        }
    };
}
pub(crate) use policies;

pub(crate) const LOGIN: &str = "Basic dTpw";

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [server, policy, port] = &arguments[..] else { panic!("usage: SERVER POLICY PORT") };
    let port = port.parse().expect("a port");
    match server.as_str() {
        "axum" => axum::serve(policy, port),
        "actix" => actix::serve(policy, port),
        other => panic!("{other} is no server"),
    }
}
