//! Where a line may break (避头尾): no closing mark begins one, no opening mark ends one, words and figures stay whole.

/// Never at the start of a line.
const CLOSING: &str = "，。、；：？！）］｝】〕》〉」』〗”’％‰℃…—～·,.;:?!)]}%»•";
/// Never at the end of a line. Boxes to tick stay with their words.
const OPENING: &str = "（［｛【〔《〈「『〖“‘([{￥¥$№§«□☐☑☒";
/// Units that stay with the figure before.
const UNITS: &str = "年月日时分元万亿个项台套家条号页倍";

/// May a line end after `before` and the next begin with `after`?
pub(super) fn may_break(before: char, after: char) -> bool {
    if is_space(after) || CLOSING.contains(after) || OPENING.contains(before) {
        return false;
    }
    if before.is_ascii_digit() && UNITS.contains(after) {
        return false;
    }
    is_space(before) || is_wide(before) || is_wide(after)
}

/// A space that may hang over the edge.
pub(super) fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\u{2002}'..='\u{200a}')
}

/// A character that is a word by itself: ideographs, their punctuation, and shapes among them.
pub(super) fn is_wide(character: char) -> bool {
    matches!(u32::from(character), 0x2014 | 0x2018..=0x201d | 0x2026 | 0x2460..=0x27bf | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f | 0xff00..=0xffef | 0x1f000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::may_break;

    #[test]
    fn lines_break_where_readers_expect() {
        // ‖ where a line may end
        for text in [
            "申‖报‖企‖业‖（以‖下‖简‖称‖“企‖业”）。",
            "共‖35万‖元，‖其‖中‖软‖件‖70%",
            "于‖2026年‖1月‖20日‖完‖成",
            "MES‖系‖统‖部‖署‖于‖https://a.b/c",
            "the ‖code ‖INV-2026",
            "□是 ‖☑否",
            "他‖说：‖“好……”——‖完",
            "收‖入：‖［6200］‖万‖元",
            "龘‖靐‖𠮷",
        ] {
            let letters: Vec<char> = text.chars().filter(|letter| *letter != '‖').collect();
            let mut broken = String::new();
            for (place, letter) in letters.iter().enumerate() {
                broken.push(*letter);
                if letters.get(place + 1).is_some_and(|next| may_break(*letter, *next)) {
                    broken.push('‖');
                }
            }
            assert_eq!(broken, text);
        }
    }
}
