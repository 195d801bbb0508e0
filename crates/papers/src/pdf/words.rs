//! A line as operators of a content stream.

use pdf_writer::{Content, Name, Str, TextStr};

use super::embed::Embedded;
use super::glyph::Glyph;
use super::lines::Line;

/// Where a line stands and on what.
pub(super) struct At {
    pub x_mpt: i32,
    /// From the lower edge of the sheet.
    pub up_mpt: i32,
}

/// Thousandths of a point as the format counts them.
#[allow(clippy::cast_precision_loss)] // a sheet is less than a million
pub(super) fn pt(mpt: i32) -> f32 {
    mpt as f32 / 1_000.0
}

/// Shows a line: runs of one font and size, each glyph at its place.
pub(super) fn show(content: &mut Content, embedded: &mut Embedded, line: &Line, at: &At) {
    let mut from = 0;
    for chunk in line.glyphs.chunk_by(goes_on) {
        let xs = &line.xs_mpt[from..from + chunk.len()];
        show_run(content, embedded, chunk, xs, at);
        from += chunk.len();
    }
}

fn goes_on(one: &Glyph, next: &Glyph) -> bool {
    let is_alone = |glyph: &Glyph| glyph.shape.spoken || glyph.shape.over.is_some();
    one.shape.font == next.shape.font && one.size_mpt == next.size_mpt && !is_alone(one) && !is_alone(next)
}

fn show_run(content: &mut Content, embedded: &mut Embedded, glyphs: &[Glyph], xs: &[i32], at: &At) {
    let (Some(first), Some(x)) = (glyphs.first(), xs.first()) else { return };
    let x = at.x_mpt + x;
    if first.shape.spoken {
        let mut mark = content.begin_marked_content_with_properties(Name(b"Span"));
        mark.properties().actual_text(TextStr(first.character.encode_utf8(&mut [0; 4])));
    }
    let name = embedded.name(first.shape.font);
    content.begin_text().set_font(Name(name.as_bytes()), pt(first.size_mpt));
    content.set_text_matrix([1.0, 0.0, 0.0, 1.0, pt(x), pt(at.up_mpt)]);
    show_glyphs(content, embedded, glyphs, xs);
    if let Some((id, inside)) = first.shape.over {
        let x = x + inside * first.size_mpt / 1_000;
        content.set_text_matrix([1.0, 0.0, 0.0, 1.0, pt(x), pt(at.up_mpt)]);
        content.show(Str(&embedded.code(first.shape.font, id)));
    }
    content.end_text();
    if first.shape.spoken {
        content.end_marked_content();
    }
}

/// Space between most characters is the same, the rest is moved one by one.
fn show_glyphs(content: &mut Content, embedded: &mut Embedded, glyphs: &[Glyph], xs: &[i32]) {
    let gap = |place: usize| match xs.get(place + 1) {
        Some(next) => next - xs[place] - glyphs[place].shape.width * glyphs[place].size_mpt / 1_000,
        None => 0,
    };
    let usual = if glyphs.len() > 1 { gap(0) } else { 0 };
    content.set_char_spacing(pt(usual));
    let mut shown = content.show_positioned();
    let mut items = shown.items();
    let mut codes = Vec::with_capacity(glyphs.len() * 2);
    for (place, glyph) in glyphs.iter().enumerate() {
        codes.extend(embedded.code(glyph.shape.font, glyph.shape.id));
        let more = gap(place) - usual;
        if more != 0 && place + 1 < glyphs.len() {
            items.show(Str(&std::mem::take(&mut codes)));
            items.adjust(-pt(more) * 1_000.0 / pt(glyph.size_mpt));
        }
    }
    items.show(Str(&codes));
}
