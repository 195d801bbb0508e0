//! How the characters of a filled-in text are counted.

/// The characters of a text as minimums and maximums (不少于500字) count them: every character except whitespace, so
/// that blank lines and indents add nothing. Punctuation, digits and each Latin letter count as one.
pub fn text_chars(text: &str) -> usize {
    text.chars().filter(|letter| !letter.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::text_chars;

    #[test]
    fn whitespace_does_not_count() {
        let check = |text: &str, chars: usize| assert_eq!(text_chars(text), chars, "{text:?}");
        check("", 0);
        check("　　第一段。\n\n第二段 ABC\t", 10);
        check("\u{a0}\r\n", 0);
    }
}
