//! Words of a paper with blanks in them: `我单位承诺为{enterprise.name}提供……`, each blank named by the path of an answer.

/// A piece of such words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they stand.
    Words(&'a str),
    /// The path of the answer that stands there.
    Blank(&'a str),
}

/// The pieces in order. A brace without its other half is a word like any other.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some((before, path, after)) = first(rest) {
        all.extend((!before.is_empty()).then_some(Piece::Words(before)));
        all.push(Piece::Blank(path));
        rest = after;
    }
    all.extend((!rest.is_empty()).then_some(Piece::Words(rest)));
    all
}

fn first(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (path, after) = rest.split_once('}')?;
    Some((before, path, after))
}

#[cfg(test)]
mod tests {
    use super::Piece::{Blank, Words};
    use super::*;

    #[test]
    fn words_and_blanks_alternate() {
        let check = |text: &str, expected: &[Piece]| assert_eq!(pieces(text), expected, "{text}");
        check("", &[]);
        check("承诺", &[Words("承诺")]);
        check("为{a.b}提供", &[Words("为"), Blank("a.b"), Words("提供")]);
        check("{a.b}{c.d}", &[Blank("a.b"), Blank("c.d")]);
        check("甲{乙", &[Words("甲{乙")]);
        check("甲}乙", &[Words("甲}乙")]);
    }
}
