//! The check lines at the foot of every printed page, as a style sheet: nothing but a margin box repeats on each page and
//! takes no room from the text, and no markup reaches one.

use crate::paper::Check;

/// The style sheet of a paper's feet, beside [`super::CSS`]: the check lines at the inner edge, across from the page's number.
#[must_use]
pub fn foot_css(check: &Check) -> String {
    const LOOK: &str = "font: 8pt/11pt FangSong, \"Noto Serif CJK SC\", serif; white-space: pre-wrap; overflow-wrap: anywhere; \
                        vertical-align: top; padding-block-start: 8mm; width: 82%;";
    let words = quoted(&check.lines().join("\n"));
    let side = |page: &str, inner: &str, outer: &str| {
        format!(
            "@page :{page} {{ @bottom-{inner} {{ content: {words}; {LOOK} text-align: {inner}; }} @bottom-{outer} {{ width: 18%; text-align: {outer}; }} }}\n"
        )
    };
    side("right", "left", "right") + &side("left", "right", "left")
}

/// A string of a style sheet: whatever could end it or mean something in it is written by its number.
fn quoted(text: &str) -> String {
    let one = |character: char| match character {
        _ if character.is_alphanumeric() || "：　 /.:-".contains(character) => character.to_string(),
        _ => format!("\\{:x} ", u32::from(character)),
    };
    format!("\"{}\"", text.chars().map(one).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn nothing_ends_a_string_of_a_style_sheet() {
        for (text, expected) in [
            ("校验码：7K2M-9QXD　https://a.b/c", "\"校验码：7K2M-9QXD　https://a.b/c\""),
            ("a\nb", "\"a\\a b\""),
            ("\"} * { x: \\", "\"\\22 \\7d  \\2a  \\7b  x: \\5c \""),
            ("</style>", "\"\\3c /style\\3e \""),
        ] {
            assert_eq!(quoted(text), expected);
        }
    }
}
