//! What a HAR comes to, for other tools.

use super::HarReport;
use crate::findings::{FindingSeverity, SarifInput, SarifLog, SarifPlace};

impl HarReport {
    /// The requests that came to nothing, as SARIF: the id of the verdict is the rule, and the places are bytes of the file
    /// `uri`. No more than the thousand requests of each group that the report names.
    pub fn sarif(&self, uri: &str) -> SarifLog {
        let inputs = self.groups.iter().flat_map(|group| {
            let verdict = &group.verdict;
            group.exchanges.iter().map(move |exchange| SarifInput {
                rule: group.id,
                severity: FindingSeverity::Error,
                message: format!("{} {}: {} {}", exchange.method, exchange.url, verdict.sentence, verdict.remedy)
                    .replace('`', "")
                    .trim_end()
                    .to_owned(),
                // The request itself decides most often, and stands last; what led to it comes before.
                places: exchange
                    .places
                    .iter()
                    .rev()
                    .map(|place| SarifPlace::Bytes {
                        uri: uri.to_owned(),
                        start: usize::try_from(place.start).unwrap_or(usize::MAX),
                        end: usize::try_from(place.end).unwrap_or(usize::MAX),
                    })
                    .collect(),
                fix: Vec::new(),
                fix_text: String::new(),
            })
        });
        SarifLog::new(&inputs.collect::<Vec<_>>())
    }
}

#[cfg(test)]
mod tests {
    use crate::ProfileName;
    use crate::har::HarReader;

    #[test]
    fn each_request_is_a_result_with_its_bytes() {
        let entry = |url: &str| {
            format!(
                r#"{{"request":{{"method":"GET","url":"{url}","headers":[{{"name":"Origin","value":"https://app.example"}},{{"name":"Sec-Fetch-Mode","value":"cors"}}]}},"response":{{"status":200,"headers":[]}}}}"#
            )
        };
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
