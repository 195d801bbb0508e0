//! Files with pages and words, whole and damaged.

use super::*;
use crate::invoice::fixtures::pdf_file;

const FONT: &str = "/Resources << /Font << /F << /Subtype /Type1 >> >> >>";

/// The words of a page with this content, each with its place.
fn check(content: &str, expected: &[(f64, f64, &str)]) {
    let page = format!("/Type /Page /Contents 2 0 R {FONT}");
    for packed in [false, true] {
        let found = runs(&pdf_file(&[(&page, None), ("", Some(content))], packed)).unwrap();
        let found: Vec<(f64, f64, &str)> = found.iter().map(|run| (run.x, run.y, run.text.as_str())).collect();
        assert_eq!(found, expected, "{content}");
    }
}

#[test]
fn words_have_their_places() {
    check("BT /F 10 Tf 5 7 Td (one) Tj (two) Tj ET", &[(5.0, 7.0, "onetwo")]);
    check(
        "BT /F 10 Tf 5 7 Td (a) Tj 10 -2 TD (b) Tj T* (c) Tj (d) ' ET",
        &[(5.0, 7.0, "a"), (15.0, 5.0, "b"), (15.0, 3.0, "c"), (15.0, 1.0, "d")],
    );
    check("q 2 0 0 2 1 1 cm BT /F 1 Tf 1 0 0 1 3 4 Tm [(a) -300 (b)] TJ ET Q BT /F 1 Tf (c) Tj ET", &[(7.0, 9.0, "ab"), (0.0, 0.0, "c")]);
    check(r"BT /F 1 Tf (a\(b\)\101\n) Tj <414 2> Tj ET", &[(0.0, 0.0, "a(b)A\nAB")]);
    check("BI /W 1 ID \u{1}) Tj( EI BT /F 1 Tf (a) Tj ET", &[(0.0, 0.0, "a")]);
    check("% nothing\nBT (no font) Tj", &[(0.0, 0.0, "")]);
}

#[test]
fn a_form_is_drawn_where_it_is_named() {
    let page = "/Type /Page /Contents 2 0 R /Resources << /XObject << /X 3 0 R >> /Font << /F << /Subtype /Type1 >> >> >>";
    let form = "/Subtype /Form /Matrix [1 0 0 1 10 20]";
    let file = pdf_file(&[(page, None), ("", Some("q 1 0 0 1 1 1 cm /X Do Q")), (form, Some("BT /F 1 Tf (in) Tj ET /X Do"))], true);
    let found = runs(&file).unwrap();
    assert_eq!((found[0].x, found[0].y, found[0].text.as_str()), (11.0, 21.0, "in"));
    assert!(found.len() < 10, "a form within itself ends");
}

fn check_count(objects: &[(&str, Option<&str>)], expected: Result<usize, PdfError>) {
    assert_eq!(page_count(&pdf_file(objects, true)), expected, "{objects:?}");
}

#[test]
fn pages_are_counted_along_the_tree() {
    let tree = [
        ("/Type /Catalog /Pages 2 0 R", None),
        ("/Type /Pages /Kids [3 0 R 4 0 R]", None),
        ("/Type /Page", None),
        ("/Type /Pages /Kids [5 0 R 2 0 R]", None),
        ("/Type /Page", None),
    ];
    check_count(&tree, Ok(2));
    // What a later edition took out of the tree is no page any more.
    check_count(
        &[("/Type /Catalog /Pages 2 0 R", None), ("/Type /Pages /Kids [3 0 R]", None), ("/Type /Page", None), ("/Type /Page", None)],
        Ok(1),
    );
    check_count(&[("/Type /Page", None), ("/Type /Page", None)], Ok(2));
    check_count(&[("/Type /Font", None)], Err(PdfError::Broken));
    let inner = ["<< /Type /Pages /Kids [8 0 R 9 0 R] >> ", "<< /Type /Page >> ", "<< /Type /Page >> "];
    let places = format!("7 0 8 {} 9 {} ", inner[0].len(), inner[0].len() + inner[1].len());
    let (dict, stream) = (format!("/Type /ObjStm /N 3 /First {}", places.len()), format!("{places}{}", inner.concat()));
    let packed = [("/Type /Catalog /Pages 7 0 R", None), (dict.as_str(), Some(stream.as_str()))];
    check_count(&packed, Ok(2));
}

#[test]
fn what_has_no_pages_says_why() {
    assert_eq!(page_count(b""), Err(PdfError::Broken));
    assert_eq!(page_count(b"%PDF-1.4 1 0 obj"), Err(PdfError::Broken));
    assert_eq!(page_count(b"1 0 obj << /Type /Page >> trailer << /Encrypt 2 0 R >>"), Err(PdfError::Encrypted));
}

#[test]
fn a_bomb_is_not_unpacked_to_its_end() {
    let zeros = "0 ".repeat(40 << 20);
    let page = format!("/Type /Page /Contents [2 0 R 2 0 R 2 0 R] {FONT}");
    assert_eq!(runs(&pdf_file(&[(&page, None), ("", Some(&zeros))], true)), Err(PdfError::Unpacked));
    let array = "[".repeat(100_000);
    assert_eq!(page_count(&pdf_file(&[(&array, None)], false)), Err(PdfError::Broken));
}
