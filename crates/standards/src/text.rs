//! Shared normalisation of what people type, and the nearest known word for a mistyped one.

/// Longest word, in characters, that [`suggest`] compares; a longer text is no mistyped word.
const LONGEST: usize = 64;

/// Turns full-width forms (`Ａ`, `１`, `，`, the ideographic space, `￥`) into their half-width
/// twins and leaves every other character as it is.
pub fn half_width(text: &str) -> String {
    text.chars().map(half_width_char).collect()
}

fn half_width_char(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ffe5}' => '¥',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// Removes white space and invisible characters (zero-width space, byte-order mark), which come
/// along when text is pasted from a document.
pub fn without_spaces(text: &str) -> String {
    text.chars().filter(|c| !is_space(*c)).collect()
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// The form in which two names are compared: half-width, lower case, without spaces and without
/// punctuation (`、`, `,`, brackets, quotes, dots, dashes). For comparing only, never for showing and
/// never for figures, whose decimal point it would swallow.
pub fn squash(text: &str) -> String {
    text.chars().map(half_width_char).filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A text in percent code (RFC 3986): what is unreserved there and what is `kept` stands as it is, every other byte of its
/// UTF-8 as `%XX`.
pub fn percent_encoded(text: &str, kept: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.as_bytes().contains(&byte);
    text.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}

/// The candidate nearest to a mistyped word, for "did you mean"; none when nothing is near.
///
/// Near means: at most one edit (insertion, deletion or replacement of a character) for every three
/// characters of the word, at least one edit, compared in the form of [`squash`]. The first of
/// equally near candidates wins, so the answer does not depend on anything but the arguments.
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word: Vec<char> = squash(word).chars().collect();
    if word.len() < 2 || word.len() > LONGEST {
        return None;
    }
    let allowed = (word.len() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (edit_distance(&word, &squash(candidate)), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein distance by rows.
fn edit_distance(left: &[char], right: &str) -> usize {
    let mut row: Vec<usize> = (0..=left.len()).collect();
    for (line, r) in right.chars().take(LONGEST * 2).enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (column, l) in left.iter().enumerate() {
            let replaced = diagonal + usize::from(*l != r);
            diagonal = row[column + 1];
            row[column + 1] = replaced.min(row[column] + 1).min(diagonal + 1);
        }
    }
    row[left.len()]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn widths() {
        let check = |input: &str, expected: &str| assert_eq!(half_width(input), expected, "{input}");
        check("ＡＢｃ１２３", "ABc123");
        check("２０２６年", "2026年");
        check("￥１，０００．５０", "¥1,000.50");
        check("甲　乙", "甲 乙");
        check("甲、乙（丙）", "甲、乙(丙)");
        check("", "");
    }

    #[test]
    fn squashed() {
        let check = |input: &str, expected: &str| assert_eq!(squash(input), expected, "{input}");
        check("泵、阀门，压缩机", "泵阀门压缩机");
        check(" ＥＲＰ （软件） ", "erp软件");
        check("ＰＬＣ-01", "plc01");
        check("\u{feff}甲\u{200b}乙", "甲乙");
        check("“小巨人”", "小巨人");
    }

    #[test]
    fn spaces() {
        let check = |input: &str, expected: &str| assert_eq!(without_spaces(input), expected);
        check(" 1 2\u{a0}3\u{3000}4\u{200b}\n", "1234");
        check("1.5", "1.5");
    }

    #[test]
    fn percent_codes() {
        let check = |text: &str, kept: &str, expected: &str| assert_eq!(percent_encoded(text, kept), expected, "{text}");
        check("a-b.c_d~9", "", "a-b.c_d~9");
        check("数 转?&=%", "", "%E6%95%B0%20%E8%BD%AC%3F%26%3D%25");
        check("/desk?q=1", "/", "/desk%3Fq%3D1");
        check("/desk", "", "%2Fdesk");
    }

    #[test]
    fn suggestions() {
        let known = ["level", "score", "赛罕区", "新城区", "中药饮片加工"];
        let check = |word: &str, expected: Option<&str>| assert_eq!(suggest(word, known), expected, "{word}");
        check("levle", None);
        check("levl", Some("level"));
        check("Score", Some("score"));
        check("scores", Some("score"));
        check("赛汗区", Some("赛罕区"));
        check("药饮片加工", Some("中药饮片加工"));
        check("完全不相干", None);
        check("", None);
        check(&"长".repeat(1000), None);
    }

    proptest! {
        #[test]
        fn normal_forms_are_stable(text in "\\PC{0,40}") {
            prop_assert_eq!(half_width(&half_width(&text)), half_width(&text));
            prop_assert_eq!(squash(&squash(&text)), squash(&text));
        }

        #[test]
        fn distance_is_symmetric(a in "[a-d]{0,8}", b in "[a-d]{0,8}") {
            let chars = |s: &str| s.chars().collect::<Vec<_>>();
            prop_assert_eq!(edit_distance(&chars(&a), &b), edit_distance(&chars(&b), &a));
        }
    }
}
