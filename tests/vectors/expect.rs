//! Whether a report is what a vector expects: `tests/vectors/README.md` says what the words of an expectation mean.

use serde_json::{Map, Value};

/// What differs between an expectation and the report of a fetch, each difference with its place.
pub fn differences(expected: &Value, report: &Value) -> Vec<String> {
    let report = short_steps(report.clone());
    let mut found = Vec::new();
    let Some(words) = expected.as_object() else { return vec!["the expectation is no object".into()] };
    for word in ["outcome", "wire"] {
        if !words.contains_key(word) {
            found.push(format!("every expectation says the `{word}`"));
        }
    }
    for (word, expected) in words {
        match word.as_str() {
            "outcome" | "request" | "responseHeaders" | "exchanges" => compare(word, expected, &report[word], &mut found),
            "preflightReasons" => exactly(word, expected, &report["request"][word], &mut found),
            "wire" => wire(expected, &report["exchanges"], &mut found),
            "dropped" => exactly(word, expected, &dropped(&report["events"]), &mut found),
            "events" => in_order(expected, &report["events"], &mut found),
            "noEvents" => none_of(expected, &report["events"], &mut found),
            _ => found.push(format!("an expectation has no word `{word}`")),
        }
    }
    if report["unusedAnswers"] != 0 {
        found.push(format!("{} answers were not used", report["unusedAnswers"]));
    }
    found
}

/// What differs between an expectation and the browser's state.
pub fn state_differences(expected: &Value, state: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let nothing = Value::Array(Vec::new());
    for (word, expected) in expected.as_object().into_iter().flatten() {
        // NB: what is empty is not written.
        compare(&format!("stateAfter.{word}"), expected, state.get(word).unwrap_or(&nothing), &mut found);
    }
    found
}

/// Steps are objects in a report; here they are `algorithm number`.
pub fn short_steps(value: Value) -> Value {
    match value {
        Value::Object(map) => match (map.get("algorithm"), map.get("number")) {
            (Some(Value::String(algorithm)), Some(Value::String(number))) => format!("{algorithm} {number}").trim_end().into(),
            _ => Value::Object(map.into_iter().map(|(key, value)| (key, short_steps(value))).collect()),
        },
        Value::Array(values) => values.into_iter().map(short_steps).collect(),
        value => value,
    }
}

/// Objects: what is expected has to be there, more may be. Lists: as long, element by element. Everything else: equal.
fn compare(place: &str, expected: &Value, found: &Value, differences: &mut Vec<String>) {
    match (expected, found) {
        (Value::Object(expected), Value::Object(found)) => {
            for (key, expected) in expected {
                let place = format!("{place}.{key}");
                match (key.as_str(), expected) {
                    // NB: in a request, headers may be given by name.
                    ("headers", Value::Object(names)) => headers(&place, names, &found["headers"], differences),
                    _ => compare(&place, expected, found.get(key).unwrap_or(&Value::Null), differences),
                }
            }
        }
        (Value::Array(expected), Value::Array(found)) if expected.len() == found.len() => {
            for (index, (expected, found)) in expected.iter().zip(found).enumerate() {
                compare(&format!("{place}[{index}]"), expected, found, differences);
            }
        }
        _ => exactly(place, expected, found, differences),
    }
}

fn exactly(place: &str, expected: &Value, found: &Value, differences: &mut Vec<String>) {
    if !equal(expected, found) {
        differences.push(format!("{place}\n      expected {expected}\n      found    {found}"));
    }
}

/// Equality, except that 5 is 5.0.
fn equal(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| equal(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| equal(a, b)))
        }
        _ => a == b,
    }
}

/// Headers by lower-case name: one value, a list of values (one for each line), or null for none.
fn headers(place: &str, names: &Map<String, Value>, lines: &Value, differences: &mut Vec<String>) {
    for (name, expected) in names {
        let named = |line: &&Value| line[0].as_str().is_some_and(|found| found.eq_ignore_ascii_case(name));
        let values: Vec<Value> = lines.as_array().into_iter().flatten().filter(named).map(|line| line[1].clone()).collect();
        let expected = match expected {
            Value::Null => Vec::new(),
            Value::Array(values) => values.clone(),
            value => vec![value.clone()],
        };
        exactly(&format!("{place}.{name}"), &expected.into(), &values.into(), differences);
    }
}

/// The requests that went out, which is all of them but those that the HTTP cache answered.
fn wire(expected: &Value, exchanges: &Value, differences: &mut Vec<String>) {
    let went_out = |exchange: &&Value| exchange["source"] != "cache";
    let found: Vec<Value> =
        exchanges.as_array().into_iter().flatten().filter(went_out).map(|exchange| exchange["request"].clone()).collect();
    if expected.as_array().map(Vec::len) != Some(found.len()) {
        let lines: Vec<String> =
            found.iter().map(|request| format!("{} {} {}", request["purpose"], request["method"], request["url"])).collect();
        differences.push(format!("wire\n      expected {expected}\n      found    {lines:?}"));
        return;
    }
    compare("wire", expected, &Value::Array(found), differences);
}

/// `[name, value, reason]` of each header that was dropped.
fn dropped(events: &Value) -> Value {
    let of_type = |event: &&Value| event["what"]["type"] == "headerDropped";
    let row = |event: &Value| {
        let what = &event["what"];
        Value::Array(["name", "value", "reason"].map(|key| what[key].clone()).into())
    };
    events.as_array().into_iter().flatten().filter(of_type).map(row).collect()
}

/// Each of the expected events, in this order; others may be between them.
fn in_order(expected: &Value, events: &Value, differences: &mut Vec<String>) {
    let mut rest = events.as_array().into_iter().flatten();
    for event in expected.as_array().into_iter().flatten() {
        // NB: a step without a number stands for any step of its algorithm.
        let fits = |found: &Value| {
            let mut found = found.clone();
            if let (Some(wanted), Some(step)) = (event["step"].as_str(), found["step"].as_str())
                && step.split(' ').next() == Some(wanted)
            {
                found["step"] = wanted.into();
            }
            let mut differences = Vec::new();
            compare("", event, &found, &mut differences);
            differences.is_empty()
        };
        if !rest.any(fits) {
            let of_type = |found: &&Value| found["what"]["type"] == event["what"]["type"];
            let near: Vec<&Value> = events.as_array().into_iter().flatten().filter(of_type).collect();
            differences
                .push(format!("events\n      expected {event}\n      not found (in this order); of its type there are {near:?}"));
            return;
        }
    }
}

fn none_of(types: &Value, events: &Value, differences: &mut Vec<String>) {
    for unwanted in types.as_array().into_iter().flatten() {
        if let Some(event) = events.as_array().into_iter().flatten().find(|event| event["what"]["type"] == *unwanted) {
            differences.push(format!("noEvents\n      found {event}"));
        }
    }
}
