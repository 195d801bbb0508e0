//! Escaping for HTML and XML.

use std::fmt::Write as _;

use crate::paper::printable;

/// Text between tags or in an attribute's double quotes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in printable(text) {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(character),
        }
    }
    out
}

/// Base64, for a picture that travels in its page.
pub(crate) fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let number = three.iter().fold(0_u32, |number, byte| number << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[(number >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    out
}

/// An attribute, left out where it would say what is so anyway.
pub(crate) fn unless_one(out: &mut String, name: &str, value: usize) {
    if value != 1 {
        let _ = write!(out, " {name}=\"{value}\"");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_becomes_markup() {
        assert_eq!(escaped("<b>\"a\"&'\u{0}\u{b}\t龘𠮷\n"), "&lt;b&gt;&quot;a&quot;&amp;&#39; 龘𠮷\n");
    }

    #[test]
    fn base64_pads() {
        for (bytes, text) in [("", ""), ("M", "TQ=="), ("Ma", "TWE="), ("Man", "TWFu"), ("light work.", "bGlnaHQgd29yay4=")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
