//! The name of a file, made harmless.

use super::FileType;

/// Characters of a name that are kept.
pub const NAME_MAX_CHARS: usize = 200;

/// What stands for a character that no file may have in its name on one system or another.
const STAND_IN: char = '_';

/// The ending of a name in small letters; empty when it has none.
pub(super) fn ending(name: &str) -> String {
    let last = without_folders(name);
    last.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.trim().to_ascii_lowercase())
}

/// A name to keep and to offer again: no folders, no control characters, none that turn the writing direction (`cod.exe`
/// can be made to look like `exe.doc` with one), none that some system refuses; of a long one the beginning; with an ending
/// of its type.
pub fn plain(name: &str, of: FileType) -> String {
    let kept: String = without_folders(name).chars().filter(|one| !is_hidden(*one)).map(harmless).collect();
    let kept = kept.trim().trim_start_matches('.').trim();
    let (stem, ending) = match kept.rsplit_once('.') {
        Some((stem, ending)) if of.endings().contains(&ending.to_ascii_lowercase().as_str()) => (stem, ending),
        Some((stem, ending)) if is_known(ending) => (stem, of.endings()[0]),
        _ => (kept, of.endings()[0]),
    };
    let room = NAME_MAX_CHARS - ending.chars().count() - 1;
    let stem: String = stem.trim().chars().take(room).collect();
    let stem = if stem.is_empty() { "未命名" } else { stem.trim() };
    format!("{stem}.{ending}")
}

fn is_known(ending: &str) -> bool {
    FileType::ALL.into_iter().any(|one| one.endings().contains(&ending.to_ascii_lowercase().as_str()))
}

fn without_folders(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or_default().trim()
}

fn is_hidden(one: char) -> bool {
    one.is_control() || matches!(one, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn harmless(one: char) -> char {
    if matches!(one, '<' | '>' | ':' | '"' | '|' | '?' | '*' | ';') { STAND_IN } else { one }
}
