//! What a search looks into, and how what is typed is compared with it.

use crate::limits::SEARCH_MAX_BYTES;

/// Names, numbers and codes as the `search` of a list row holds them: lower case, one space between words, cut at the
/// limit. What somebody looks for goes the same way.
pub fn search_text(parts: &[&str]) -> String {
    let words = parts.iter().flat_map(|part| part.split(|char: char| char.is_whitespace() || char == '\0'));
    let words: Vec<String> = words.filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let mut text = words.join(" ");
    text.truncate(text.floor_char_boundary(SEARCH_MAX_BYTES));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_searched_in_one_form() {
        for (parts, expected) in
            [(vec!["甲 公司", "  N-2025-7 ", ""], "甲 公司 n-2025-7"), (vec!["A\tB\u{3000}Ω\0x"], "a b ω x"), (vec![], "")]
        {
            assert_eq!(search_text(&parts), expected);
        }
        assert_eq!(search_text(&["数".repeat(400).as_str()]).len(), 999);
    }
}
