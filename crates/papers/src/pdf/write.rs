//! The file: pages, fonts, pictures, structure.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;
use pdf_writer::types::{ArtifactType, StructRole};
use pdf_writer::{Content, Filter, Finish as _, Name, Rect, Ref, TextStr};

use super::Pdf;
use super::embed::{self, Embedded};
use super::flow::Flow;
use super::page::{Area, Mark, Page, What};
use super::tree::{NodeId, Tree};
use super::words::{At, pt, show};
use super::{lines, picture};
use crate::font::Fonts;
use crate::paper::{Paper, PaperError};

/// Numbers of objects, one after the other.
pub(super) struct Ids(i32);

impl Ids {
    pub fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

/// Writes all pages.
pub(super) fn write(paper: &Paper, fonts: &Fonts, mut flow: Flow<'_>) -> Result<Pdf, PaperError> {
    let mut pdf = pdf_writer::Pdf::new();
    let mut ids = Ids(0);
    let [catalog, list, structure, info] = [(); 4].map(|()| ids.next());
    let pages: Vec<Ref> = flow.pages.iter().map(|_| ids.next()).collect();
    let pictures = flow.pictures.iter().map(|one| picture::write(&mut pdf, &mut ids, one)).collect::<Result<Vec<_>, _>>()?;
    let mut embedded = Embedded::default();
    let contents: Vec<Content> =
        std::mem::take(&mut flow.pages).into_iter().enumerate().map(|(at, page)| content(page, at, &mut flow, &mut embedded)).collect();
    let fonts = embedded.write(&mut pdf, &mut ids, fonts, &flow.shaper)?;
    let shared = Shared { fonts, pictures, area: flow.area, list };
    for (key, (content, page)) in contents.into_iter().zip(&pages).enumerate() {
        write_page(&mut pdf, &mut ids, content, key, *page, &shared);
    }
    let count = pages.len();
    pdf.pages(list).kids(pages.iter().copied()).count(i32::try_from(count).unwrap_or(i32::MAX));
    flow.tree.write(&mut pdf, &mut ids, structure, &pages);
    write_catalog(&mut pdf, paper, [catalog, list, structure, info]);
    Ok(Pdf { bytes: pdf.finish(), pages: count })
}

/// What every page may use.
struct Shared {
    fonts: Vec<(String, Ref)>,
    pictures: Vec<Ref>,
    area: Area,
    list: Ref,
}

fn write_page(pdf: &mut pdf_writer::Pdf, ids: &mut Ids, content: Content, key: usize, id: Ref, shared: &Shared) {
    let stream = ids.next();
    pdf.stream(stream, &packed(content.finish().as_slice())).filter(Filter::FlateDecode);
    let mut page = pdf.page(id);
    page.parent(shared.list).contents(stream).struct_parents(i32::try_from(key).unwrap_or(i32::MAX));
    page.media_box(Rect::new(0.0, 0.0, pt(shared.area.width_mpt), pt(shared.area.height_mpt)));
    let mut resources = page.resources();
    embed::list(&mut resources.fonts(), &shared.fonts);
    picture::list(&mut resources.x_objects(), &shared.pictures);
}

fn write_catalog(pdf: &mut pdf_writer::Pdf, paper: &Paper, [catalog, list, structure, info]: [Ref; 4]) {
    let mut root = pdf.catalog(catalog);
    root.pages(list).lang(TextStr("zh-CN"));
    root.pair(Name(b"StructTreeRoot"), structure);
    root.mark_info().marked(true);
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    let mut about = pdf.document_info(info);
    about.title(TextStr(&paper.title.replace('\n', "")));
    if let Some(check) = &paper.check {
        about.keywords(TextStr(&check.code));
    }
}

/// The operators of a page, in the order it is read; each run of marks that belong together is numbered.
fn content(page: Page, at: usize, flow: &mut Flow<'_>, embedded: &mut Embedded) -> Content {
    let Page { mut marks, mut rules } = page;
    marks.sort_by_key(|mark| mark.node.unwrap_or(NodeId::MAX));
    let mut content = Content::new();
    for (together, number) in marks.chunk_by(|one, next| one.node == next.node).zip(0..) {
        open(&mut content, together[0].node, &mut flow.tree, at, number);
        for mark in together {
            draw(&mut content, embedded, mark, flow.area);
            underline(&mut rules, mark);
        }
        content.end_marked_content();
    }
    draw_rules(&mut content, rules, flow.area);
    content
}

fn open(content: &mut Content, node: Option<NodeId>, tree: &mut Tree, page: usize, number: i32) {
    let Some(node) = node else {
        content.begin_marked_content_with_properties(Name(b"Artifact")).properties().artifact().kind(ArtifactType::Pagination);
        return;
    };
    let tag: StructRole = tree.tag(node);
    content.begin_marked_content_with_properties(tag.to_name()).properties().identify(number);
    tree.holds(node, page, number);
}

fn draw(content: &mut Content, embedded: &mut Embedded, mark: &Mark, area: Area) {
    let up_mpt = area.height_mpt - mark.y_mpt;
    match &mark.what {
        What::Words(line) => show(content, embedded, line, &At { x_mpt: mark.x_mpt, up_mpt }),
        What::Picture { number, size_mpt: [width, height] } => {
            let place = [pt(*width), 0.0, 0.0, pt(*height), pt(mark.x_mpt), pt(up_mpt - height)];
            content.save_state().transform(place).x_object(Name(picture::name(*number).as_bytes())).restore_state();
        }
    }
}

/// Lines under words.
fn underline(rules: &mut Vec<[i32; 4]>, mark: &Mark) {
    let What::Words(lines::Line { glyphs, xs_mpt }) = &mark.what else { return };
    for (glyph, x) in glyphs.iter().zip(xs_mpt).filter(|(glyph, _)| glyph.underlined) {
        let (left, y) = (mark.x_mpt + x, mark.y_mpt + glyph.size_mpt * 18 / 100);
        match rules.last_mut() {
            Some([_, top, right, _]) if *top == y && (left - *right).abs() <= 1_000 => *right = left + glyph.advance_mpt,
            _ => rules.push([left, y, left + glyph.advance_mpt, y]),
        }
    }
}

fn draw_rules(content: &mut Content, mut rules: Vec<[i32; 4]>, area: Area) {
    if rules.is_empty() {
        return;
    }
    rules.sort_unstable();
    rules.dedup();
    content.begin_marked_content_with_properties(Name(b"Artifact")).properties().artifact().kind(ArtifactType::Layout);
    content.set_line_width(pt(500)).set_line_cap(pdf_writer::types::LineCapStyle::ProjectingSquareCap);
    for [left, top, right, bottom] in rules {
        content.move_to(pt(left), pt(area.height_mpt - top)).line_to(pt(right), pt(area.height_mpt - bottom)).stroke();
    }
    content.end_marked_content();
}

/// Packed as PDF unpacks (zlib). Writing to memory does not fail.
pub(super) fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    let _ = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}
