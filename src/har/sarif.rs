//! What a HAR comes to, for other tools.

use super::{FirstExchange, HarExchange, HarGroup, HarPlace, HarReport};
use crate::findings::{FindingSeverity, SarifEdit, SarifInput, SarifLog, SarifPlace};
use crate::inspect::{Edit, best_edits};
use crate::paste::{Span, mask_urls};

impl HarReport {
    /// The requests that came to nothing, as SARIF: the id of the verdict is the rule, and the places are bytes of the file
    /// `uri`. No more than the thousand requests of each group that the report names; the first of each has a fix, where an edit
    /// of the file repairs it.
    pub fn sarif(&self, uri: &str) -> SarifLog {
        let inputs = self.groups.iter().flat_map(|group| {
            group.exchanges.iter().enumerate().map(move |(index, exchange)| {
                let (fix_text, fix) = if index == 0 { group.fix(uri).unwrap_or_default() } else { Default::default() };
                // The request itself decides most often, and stands last; what led to it comes before.
                let places = exchange.places.iter().rev().map(|place| SarifPlace::Bytes {
                    uri: uri.to_owned(),
                    start: bytes(place.start),
                    end: bytes(place.end),
                });
                SarifInput {
                    rule: group.id,
                    severity: FindingSeverity::Error,
                    message: message(group, exchange),
                    places: places.collect(),
                    fix,
                    fix_text,
                }
            })
        });
        SarifLog::new(&inputs.collect::<Vec<_>>())
    }
}

fn message(group: &HarGroup, exchange: &HarExchange) -> String {
    let verdict = &group.verdict;
    let text = format!("{} {}: {} {}", exchange.method, exchange.url, verdict.sentence, verdict.remedy);
    plain(&text)
}

/// The text without the signs around what is exact.
fn plain(text: &str) -> String {
    text.replace('`', "").trim_end().to_owned()
}

impl HarGroup {
    /// What repairs the first request, as a sentence and as edits of the file.
    fn fix(&self, uri: &str) -> Option<(String, Vec<SarifEdit>)> {
        let exchange = self.exchanges.first()?;
        let FirstExchange { text, entries } = &self.first;
        let (what, edits) = best_edits(&exchange.page, text)?;
        let in_file = |edit: Edit| {
            let is_around = |(entry, _): &(&Span, &HarPlace)| entry.start <= edit.span.start && edit.span.end <= entry.end;
            let (entry, place) = entries.iter().zip(&exchange.places).find(is_around)?;
            let start = bytes(place.start);
            // NB: where a string was cut, what follows it stands elsewhere in the file.
            let is_whole = bytes(place.end) - start == entry.end - entry.start;
            let is_open = mask_urls(&edit.insert) == edit.insert;
            (is_whole && is_open).then(|| SarifEdit {
                uri: uri.to_owned(),
                start: start + edit.span.start - entry.start,
                end: start + edit.span.end - entry.start,
                insert: edit.insert,
            })
        };
        Some((mask_urls(&plain(&what)), edits.into_iter().map(in_file).collect::<Option<_>>()?))
    }
}

fn bytes(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use crate::ProfileName;
    use crate::har::HarReader;

    fn entry(url: &str) -> String {
        format!(
            r#"{{"request":{{"method":"GET","url":"{url}","headers":[{{"name":"Origin","value":"https://app.example"}},{{"name":"Sec-Fetch-Mode","value":"cors"}}]}},"response":{{"status":200,"headers":[{{"name":"X-A","value":"1"}}]}}}}"#
        )
    }

    /// The edits of the first result, made in the file.
    fn fixed(file: &str) -> Option<String> {
        let mut reader = HarReader::new(ProfileName::Spec);
        reader.push(file.as_bytes());
        let log = serde_json::to_value(reader.finish().sarif("session.har")).unwrap();
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert!(results.iter().skip(1).all(|result| result.get("fixes").is_none()));
        let changes = results[0].get("fixes")?[0]["artifactChanges"].as_array().unwrap();
        assert_eq!((changes.len(), &changes[0]["artifactLocation"]["uri"]), (1, &serde_json::json!("session.har")));
        let mut fixed = file.to_owned();
        for edit in changes[0]["replacements"].as_array().unwrap().iter().rev() {
            let number = |name: &str| edit["deletedRegion"][name].as_u64().unwrap() as usize;
            let start = number("byteOffset");
            fixed.replace_range(start..start + number("byteLength"), edit["insertedContent"]["text"].as_str().unwrap());
        }
        Some(fixed)
    }

    #[test]
    fn the_first_request_of_a_group_is_fixed_in_the_file() {
        let other = r#"{"request":{"method":"GET","url":"https://app.example/\u00e9é","headers":[]},"response":{"status":200,"headers":[]}}"#;
        let file = |url: &str| format!(r#"{{"log":{{"entries":[{other},{},{}]}}}}"#, entry(url), entry("https://api.example/b"));
        let text = file("https://api.example/a");
        let added = r#"{"name":"X-A","value":"1"}, { "name": "Access-Control-Allow-Origin", "value": "https://app.example" }"#;
        let expected = text.replacen(r#"{"name":"X-A","value":"1"}"#, added, 1);
        assert_eq!(fixed(&text).as_deref(), Some(&*expected));
        // After a string that was cut, places are not known.
        assert_eq!(fixed(&file(&format!("https://api.example/{}", "a".repeat(5000)))), None);
    }

    #[test]
    fn what_the_report_quotes_has_no_secrets() {
        let secret = entry("https://api.example/a?token=query12").replacen(
            r#"{"name":"Origin""#,
            r#"{"name":"Cookie","value":"sid=1234567"},{"name":"Authorization","value":"Bearer abcdefgh"},{"name":"Origin""#,
            1,
        );
        let secret = secret.replacen("\"headers\"", r#""postData":{"text":"{\"password\":\"hunter2\"}"},"headers""#, 1);
        let mut reader = HarReader::new(ProfileName::Spec);
        reader.push(format!(r#"{{"log":{{"entries":[{secret}]}}}}"#).as_bytes());
        let report = reader.finish();
        let expected = secret
            .replace("query12", "masked1")
            .replace("hunter2", "masked2")
            .replace("1234567", "masked3")
            .replace("abcdefgh", "masked4");
        assert_eq!(report.groups[0].example, format!("{{\"log\":{{\"entries\":[\n{expected}\n]}}}}\n"));
        let json = [serde_json::to_string(&report).unwrap(), serde_json::to_string(&report.sarif("a.har")).unwrap()].concat();
        assert!(!["query12", "hunter2", "1234567", "abcdefgh"].iter().any(|secret| json.contains(secret)), "{json}");
    }

    #[test]
    fn each_request_is_a_result_with_its_bytes() {
        let (first, second) = (entry("https://api.example/a"), entry("https://api.example/b"));
        let file = format!(r#"{{"log":{{"entries":[{first},{second}]}}}}"#);
        let mut reader = HarReader::new(ProfileName::Spec);
        reader.push(file.as_bytes());
        let log = serde_json::to_value(reader.finish().sarif("session.har")).unwrap();
        let run = &log["runs"][0];
        assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "allow-origin-missing");
        let results = run["results"].as_array().unwrap();
        let seen: Vec<_> = results
            .iter()
            .map(|result| {
                let place = &result["locations"][0]["physicalLocation"];
                let region = &place["region"];
                let start = region["byteOffset"].as_u64().unwrap() as usize;
                let end = start + region["byteLength"].as_u64().unwrap() as usize;
                (place["artifactLocation"]["uri"].as_str().unwrap(), &file[start..end], result["level"].as_str().unwrap())
            })
            .collect();
        assert_eq!(seen, [("session.har", &*first, "error"), ("session.har", &*second, "error")]);
        assert_eq!(
            results[1]["message"]["text"],
            "GET https://api.example/b: Blocked: https://api.example does not allow https://app.example to read its answer. \
             Let https://api.example send Access-Control-Allow-Origin: https://app.example (or *, if every page may read it) with this answer."
        );
    }
}
