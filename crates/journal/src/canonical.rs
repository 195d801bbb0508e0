//! The one way to write a JSON value, so that equal values have equal hashes.

use crate::JournalError;
use serde_json::Value;

/// How deep a value may nest. Readers of JSON stop at about 128, and an event's line nests it once more.
pub const DEPTH_MAX: usize = 64;

/// A value in canonical form; the head of this crate describes it.
///
/// Fractions are refused rather than written: programs disagree on how, and the platform has none (money is in fen).
///
/// # Errors
/// A number that is not an integer of 64 bits, or a value that nests too deep.
pub fn canonical(value: &Value) -> Result<String, JournalError> {
    let mut text = String::new();
    write(value, DEPTH_MAX, &mut text)?;
    Ok(text)
}

fn write(value: &Value, depth_left: usize, text: &mut String) -> Result<(), JournalError> {
    let depth_left = depth_left.checked_sub(1).ok_or(JournalError::TooDeep)?;
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(yes) => text.push_str(if *yes { "true" } else { "false" }),
        Value::Number(number) if number.is_f64() => return Err(JournalError::Fraction(number.to_string())),
        Value::Number(number) => text.push_str(&number.to_string()),
        Value::String(string) => write_string(string, text),
        Value::Array(items) => write_all(items, ['[', ']'], text, |item, text| write(item, depth_left, text))?,
        Value::Object(members) => {
            // Sorted here and not left to the map: a feature that some dependency turns on would make it keep insertion order.
            let mut members: Vec<_> = members.iter().collect();
            members.sort_unstable_by_key(|(name, _)| name.as_str());
            write_all(members, ['{', '}'], text, |(name, member), text| {
                write_string(name, text);
                text.push(':');
                write(member, depth_left, text)
            })?;
        }
    }
    Ok(())
}

fn write_all<T>(
    items: impl IntoIterator<Item = T>,
    brackets: [char; 2],
    text: &mut String,
    mut write_one: impl FnMut(T, &mut String) -> Result<(), JournalError>,
) -> Result<(), JournalError> {
    text.push(brackets[0]);
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        write_one(item, text)?;
    }
    text.push(brackets[1]);
    Ok(())
}

/// A string in canonical form.
pub(crate) fn quoted(string: &str) -> String {
    let mut text = String::with_capacity(string.len() + 2);
    write_string(string, &mut text);
    text
}

fn write_string(string: &str, text: &mut String) {
    text.push('"');
    for char in string.chars() {
        match char {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            '\0'..='\u{1f}' => text.push_str(&format!("\\u{:04x}", u32::from(char))),
            _ => text.push(char),
        }
    }
    text.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &str) {
        let value: Value = serde_json::from_str(json).unwrap();
        assert_eq!(canonical(&value).unwrap(), expected, "{json}");
    }

    #[test]
    fn one_way_to_write_a_value() {
        check(" null ", "null");
        check("[ true , false, [ ] , { } ]", "[true,false,[],{}]");
        check(r#"{"b": 1, "a": {"d": 2, "c": 3}}"#, r#"{"a":{"c":3,"d":2},"b":1}"#);
        check(r#"{"数": 1, "Z": 2, "a": 3, "𠮷": 4, "豈": 5}"#, r#"{"Z":2,"a":3,"数":1,"豈":5,"𠮷":4}"#);
        check("[-1, 0, 9223372036854775807, 18446744073709551615]", "[-1,0,9223372036854775807,18446744073709551615]");
        check(r#""\u6570\/\u0000\u001F\u007f\b\t\n\f\r\"\\""#, "\"数/\\u0000\\u001f\u{7f}\\b\\t\\n\\f\\r\\\"\\\\\"");
        check(r#""\ud842\udfb7""#, "\"𠮷\"");
    }

    #[test]
    fn fractions_are_refused() {
        for json in ["1.0", "0.5", "1e3", "-0", "18446744073709551616"] {
            let value: Value = serde_json::from_str(json).unwrap();
            assert!(matches!(canonical(&value), Err(JournalError::Fraction(_))), "{json}");
        }
    }

    #[test]
    fn depth_has_a_limit() {
        let nested = |depth| (1..depth).fold(Value::Null, |inner, _| Value::Array(vec![inner]));
        assert!(canonical(&nested(DEPTH_MAX)).is_ok());
        assert!(matches!(canonical(&nested(DEPTH_MAX + 1)), Err(JournalError::TooDeep)));
    }
}
