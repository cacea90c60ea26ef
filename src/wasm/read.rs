//! What JavaScript gives, as plain data: objects and arrays as they are, and the platform's own `URL`, `Headers`,
//! `Request` and `Response` as the plain objects that say the same.

use js_sys::{Array, Reflect, Symbol};
use wasm_bindgen::prelude::*;

use super::plain::{Misfit, Plain};

/// Deeper data than this can only be a mistake, such as an object that holds itself.
const DEPTH: usize = 16;

/// What a value could not be read for: something is wrong with it, or a getter of its own threw.
pub(super) enum Unread {
    Misfit(Misfit),
    Threw(JsValue),
}

impl From<JsValue> for Unread {
    fn from(thrown: JsValue) -> Self {
        Self::Threw(thrown)
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(catch, js_namespace = Object)]
    fn entries(object: &JsValue) -> Result<Array, JsValue>;
}

/// Reads `value`. A place in an error starts with a `.` or a `[`, and is empty for `value` itself.
pub(super) fn read(value: &JsValue) -> Result<Plain, Unread> {
    read_within(value, DEPTH)
}

fn read_within(value: &JsValue, depth: usize) -> Result<Plain, Unread> {
    if value.is_undefined() || value.is_null() {
        Ok(Plain::Null)
    } else if let Some(text) = value.as_string() {
        Ok(Plain::Text(text))
    } else if let Some(number) = value.as_f64() {
        Ok(Plain::Number(number))
    } else if let Some(boolean) = value.as_bool() {
        Ok(Plain::Boolean(boolean))
    } else if !value.is_object() {
        let kind = value.js_typeof().as_string().unwrap_or_default();
        misfit(format!("a {kind} stands here; only plain data is read"))
    } else if depth == 0 {
        misfit(format!("this is nested deeper than {DEPTH} levels; does an object hold itself?"))
    } else if Array::is_array(value) {
        list(value.unchecked_ref::<Array>().iter().map(Ok), depth)
    } else {
        match Reflect::get(value, &Symbol::to_string_tag())?.as_string().as_deref() {
            Some("URL") => read_within(&member(value, "href")?, depth - 1),
            Some("Request") => request(value, depth),
            Some("Response") => response(value, depth),
            // `Headers` too: it gives its pairs.
            _ => match js_sys::try_iter(value)? {
                Some(items) => list(items, depth),
                None => object(value, depth),
            },
        }
    }
}

fn list(items: impl Iterator<Item = Result<JsValue, JsValue>>, depth: usize) -> Result<Plain, Unread> {
    let read = |(index, item): (usize, Result<JsValue, JsValue>)| {
        read_within(&item?, depth - 1).map_err(|error| error.within(|misfit| misfit.item(index)))
    };
    Ok(Plain::List(items.enumerate().map(read).collect::<Result<_, _>>()?))
}

fn object(value: &JsValue, depth: usize) -> Result<Plain, Unread> {
    let entries = entries(value)?;
    let mut members = Vec::with_capacity(entries.length() as usize);
    for entry in entries.iter() {
        let entry = entry.unchecked_into::<Array>();
        let value = entry.get(1);
        if value.is_undefined() || value.is_null() {
            continue;
        }
        let name = entry.get(0).as_string().unwrap_or_default();
        let plain = read_within(&value, depth - 1).map_err(|error| error.within(|misfit| misfit.member(&name)))?;
        // Headers may be a record, as for `new Headers()`.
        let plain = match plain {
            Plain::Object(headers) if name == "headers" => {
                Plain::List(headers.into_iter().map(|(name, value)| Plain::List(vec![Plain::Text(name), value])).collect())
            }
            other => other,
        };
        members.push((name, plain));
    }
    Ok(Plain::Object(members))
}

/// A `Request` as the call of `fetch()` that takes it.
fn request(value: &JsValue, depth: usize) -> Result<Plain, Unread> {
    const INIT: [&str; 10] =
        ["method", "headers", "mode", "credentials", "cache", "redirect", "referrer", "referrerPolicy", "integrity", "keepalive"];
    if !member(value, "body")?.is_null_or_undefined() {
        return misfit(
            "a Request does not say what its body was made of, which decides whether there is a preflight; \
             write { api: \"fetch\", url, init } with init.body instead",
        );
    }
    if member(value, "mode")?.as_string().as_deref() == Some("navigate") {
        return misfit(
            "a Request with mode navigate is a navigation, which no script can make; write { api: \"iframe\", url } instead",
        );
    }
    Ok(Plain::Object(vec![
        ("api".into(), Plain::Text("fetch".into())),
        ("url".into(), read_within(&member(value, "url")?, depth - 1)?),
        ("init".into(), members(value, &INIT, depth)?),
    ]))
}

/// A `Response` as the answer that it is.
fn response(value: &JsValue, depth: usize) -> Result<Plain, Unread> {
    match member(value, "type")?.as_string().as_deref() {
        Some(kind @ ("opaque" | "opaqueredirect" | "error")) => misfit(format!(
            "a Response of type {kind} does not show what the server sent; write {{ status, headers }}, or {{ failure }}, instead"
        )),
        _ => members(value, &["status", "statusText", "headers"], depth),
    }
}

fn members(value: &JsValue, names: &[&str], depth: usize) -> Result<Plain, Unread> {
    let mut members = Vec::with_capacity(names.len());
    for name in names {
        let plain = read_within(&member(value, name)?, depth - 1).map_err(|error| error.within(|misfit| misfit.member(name)))?;
        if plain != Plain::Null {
            members.push(((*name).to_owned(), plain));
        }
    }
    Ok(Plain::Object(members))
}

fn member(value: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(value, &name.into())
}

fn misfit(message: impl Into<String>) -> Result<Plain, Unread> {
    Err(Unread::Misfit(Misfit::new(message)))
}

impl Unread {
    fn within(self, place: impl Fn(Misfit) -> Misfit) -> Self {
        match self {
            Self::Misfit(misfit) => Self::Misfit(place(misfit)),
            threw @ Self::Threw(_) => threw,
        }
    }
}
