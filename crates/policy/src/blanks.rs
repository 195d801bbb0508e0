//! Words of a paper with blanks in them: `我单位承诺为{enterprise.name}提供……`, each blank named by the path of an answer; behind
//! a bar stands what is printed while there is none, `{plan.province|XX省}`.

/// A piece of such words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they stand.
    Words(&'a str),
    /// An answer stands there.
    Blank {
        /// Its path.
        path: &'a str,
        /// The words that are printed without it.
        otherwise: Option<&'a str>,
    },
}

/// The pieces in order. A brace without its other half is a word like any other.
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut all = Vec::new();
    let mut rest = text;
    while let Some((before, path, after)) = first(rest) {
        all.extend((!before.is_empty()).then_some(Piece::Words(before)));
        all.push(blank(path));
        rest = after;
    }
    all.extend((!rest.is_empty()).then_some(Piece::Words(rest)));
    all
}

fn blank(inside: &str) -> Piece<'_> {
    match inside.split_once('|') {
        Some((path, otherwise)) => Piece::Blank { path, otherwise: Some(otherwise) },
        None => Piece::Blank { path: inside, otherwise: None },
    }
}

fn first(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (path, after) = rest.split_once('}')?;
    Some((before, path, after))
}

#[cfg(test)]
mod tests {
    use super::Piece::Words;
    use super::*;

    fn blank_of(path: &str) -> Piece<'_> {
        Piece::Blank { path, otherwise: None }
    }

    #[test]
    fn words_and_blanks_alternate() {
        let check = |text: &str, expected: &[Piece]| assert_eq!(pieces(text), expected, "{text}");
        check("", &[]);
        check("承诺", &[Words("承诺")]);
        check("为{a.b}提供", &[Words("为"), blank_of("a.b"), Words("提供")]);
        check("{a.b}{c.d}", &[blank_of("a.b"), blank_of("c.d")]);
        check("{a.b|XX省}的", &[Piece::Blank { path: "a.b", otherwise: Some("XX省") }, Words("的")]);
        check("甲{乙", &[Words("甲{乙")]);
        check("甲}乙", &[Words("甲}乙")]);
    }
}
