//! Holds a document against a JSON Schema (draft 2020-12), with the words that ours uses. A word that it does not know fails, so that
//! nothing in a schema is decoration.

use chrono::NaiveDate;
use serde_json::Value;

/// What is wrong, each with the place in the document.
pub fn faults(schema: &Value, document: &Value) -> Vec<String> {
    let mut found = vec![];
    Reader { root: schema }.check(schema, document, "", &mut found);
    found
}

struct Reader<'a> {
    root: &'a Value,
}

impl Reader<'_> {
    fn fits(&self, schema: &Value, it: &Value) -> bool {
        let mut found = vec![];
        self.check(schema, it, "", &mut found);
        found.is_empty()
    }

    fn check(&self, schema: &Value, it: &Value, at: &str, found: &mut Vec<String>) {
        for (word, rule) in schema.as_object().expect("a schema is an object") {
            let holds = match word.as_str() {
                // Said for people, and what is read where it is needed.
                "$schema" | "$defs" | "title" | "description" | "then" | "else" => true,
                "$ref" => {
                    let place = rule.as_str().unwrap().strip_prefix('#').expect("a reference into this schema");
                    self.check(self.root.pointer(place).unwrap_or_else(|| panic!("no {place}")), it, at, found);
                    true
                }
                "properties" | "items" | "additionalProperties" => {
                    self.inside(schema, (word, rule), it, at, found);
                    true
                }
                "oneOf" => rule.as_array().unwrap().iter().filter(|one| self.fits(one, it)).count() == 1,
                "if" => {
                    let branch = if self.fits(rule, it) { "then" } else { "else" };
                    schema.get(branch).is_none_or(|branch| self.fits(branch, it))
                }
                word => holds(word, rule, it),
            };
            if !holds {
                found.push(format!("{at}: {word} {rule} does not hold for {it}"));
            }
        }
    }

    fn inside(&self, schema: &Value, (word, rule): (&str, &Value), it: &Value, at: &str, found: &mut Vec<String>) {
        match (word, it) {
            ("items", Value::Array(items)) => {
                for (place, item) in items.iter().enumerate() {
                    self.check(rule, item, &format!("{at}/{place}"), found);
                }
            }
            ("properties", Value::Object(fields)) => {
                for (name, rule) in rule.as_object().unwrap() {
                    if let Some(field) = fields.get(name) {
                        self.check(rule, field, &format!("{at}/{name}"), found);
                    }
                }
            }
            ("additionalProperties", Value::Object(fields)) => {
                assert_eq!(rule, &Value::Bool(false), "a schema that leaves room says what for");
                let known = &schema["properties"];
                found.extend(
                    fields
                        .keys()
                        .filter(|name| known.get(name).is_none())
                        .map(|name| format!("{at}/{name}: not named")),
                );
            }
            _ => {}
        }
    }
}

fn holds(word: &str, rule: &Value, it: &Value) -> bool {
    let bound = || it.as_i64().zip(rule.as_i64());
    match word {
        "type" => match rule.as_str().unwrap() {
            "object" => it.is_object(),
            "array" => it.is_array(),
            "string" => it.is_string(),
            "boolean" => it.is_boolean(),
            "integer" => it.is_i64() || it.is_u64(),
            "null" => it.is_null(),
            other => panic!("the type {other}"),
        },
        "required" => rule.as_array().unwrap().iter().all(|name| it.get(name.as_str().unwrap()).is_some()),
        "const" => it == rule,
        "enum" => rule.as_array().unwrap().contains(it),
        "minimum" => bound().is_none_or(|(it, least)| it >= least),
        "maximum" => bound().is_none_or(|(it, most)| it <= most),
        "minLength" => it.as_str().is_none_or(|text| text.chars().count() as u64 >= rule.as_u64().unwrap()),
        "format" => match (rule.as_str().unwrap(), it.as_str()) {
            ("date", Some(text)) => text.len() == 10 && text.parse::<NaiveDate>().is_ok(),
            ("uri", Some(text)) => text.parse::<axum::http::Uri>().is_ok_and(|uri| uri.scheme().is_some()),
            (_, None) => true,
            (other, _) => panic!("the format {other}"),
        },
        other => panic!("this reader does not know the word {other}"),
    }
}
