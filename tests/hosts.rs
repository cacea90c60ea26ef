//! `tests/hosts.json`: what becomes of hosts, here by the crate's tables, and in `tests/npm/hosts.test.mjs` by the platform.

use std::fs;

use url::Url;

#[test]
fn hosts_become_what_the_table_says() {
    let table = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/hosts.json")).unwrap();
    for (host, expected) in serde_json::from_str::<Vec<(String, Option<String>)>>(&table).unwrap() {
        let found = Url::parse(&format!("https://{host}/")).ok().map(|url| url.host_str().unwrap().to_owned());
        assert_eq!(found, expected, "{host}");
    }
}
