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

/// A file of objects with streams of any bytes, numbered from 1.
fn file_of(objects: &[(&str, &[u8])]) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    for (at, (dict, stream)) in objects.iter().enumerate() {
        file.extend(format!("{} 0 obj << {dict} /Length {} >> stream\n", at + 1, stream.len()).into_bytes());
        file.extend_from_slice(stream);
        file.extend_from_slice(b"\nendstream endobj\n");
    }
    file
}

/// A stream that unpacks to nothing, however long it is.
fn nothing(blocks: usize) -> Vec<u8> {
    [&b"\x78\x01"[..], &b"\0\0\0\xff\xff".repeat(blocks), b"\x01\0\0\xff\xff\0\0\0\x01"].concat()
}

/// What the words of a file cost.
fn cost(bytes: &[u8]) -> u64 {
    let file = open(bytes).unwrap();
    let (before, mut reader) = (file.budget.left(), content::Reader::new(&file));
    pages::pages(&file).iter().enumerate().for_each(|(number, page)| reader.page(number, page).unwrap());
    before - file.budget.left()
}

#[test]
fn a_code_means_a_few_characters_however_long_its_text_is() {
    let page = "/Type /Page /Contents 2 0 R /Resources << /Font << /F 3 0 R >> >>";
    let table = format!("1 beginbfchar <41> <{}> endbfchar 1 beginbfrange <42> <44> <0061> endbfrange", "0041".repeat(100_000));
    let content = format!("BT /F 1 Tf ({}) Tj 0 0 Td (BCD) Tj ET", "A".repeat(50_000));
    let file = pdf_file(&[(page, None), ("", Some(&content)), ("/ToUnicode 4 0 R", None), ("", Some(&table))], true);
    let found = runs(&file).unwrap();
    assert_eq!(found[0].text.len(), 8_192);
    assert_eq!(found[1].text, "abc");
}

#[test]
fn a_table_of_codes_is_read_once_whoever_names_it() {
    let table = "1 beginbfrange <0000> <FFFF> <0041> endbfrange";
    let font = "<< /Subtype /Type0 /ToUnicode 3 0 R >>";
    let own: String = (0..500).map(|one| format!("/F{one} {font} ")).collect();
    let page = format!("/Type /Page /Contents 2 0 R /Resources << /Font << {own} >> >>");
    let content: String = (0..500).map(|one| format!("/F{one} 1 Tf ")).collect();
    let file = pdf_file(&[(&page, None), ("", Some(&content)), ("", Some(table))], true);
    assert!(cost(&file) < 60_000, "{}", cost(&file));
}

#[test]
fn what_unpacks_to_nothing_costs_what_is_read_of_it() {
    let drawn = "/X Do ".repeat(400);
    let page = "/Type /Page /Contents 2 0 R /Resources << /XObject << /X 3 0 R >> >>";
    let empty = nothing(100_000);
    let objects: [(&str, &[u8]); 3] = [(page, b""), ("", drawn.as_bytes()), ("/Subtype /Form /Filter /FlateDecode", &empty)];
    let file = file_of(&objects);
    assert!(cost(&file) < 600_000, "a form is unpacked once: {}", cost(&file));
    let contents = format!("/Type /Page /Contents [{}]", "2 0 R ".repeat(300));
    assert_eq!(runs(&file_of(&[(&contents, b""), ("/Filter /FlateDecode", &empty)])), Err(PdfError::Unpacked));
    // What a form says is read each time it is drawn, and costs so.
    let long = format!("({})", "a".repeat(1 << 20));
    let objects: [(&str, &[u8]); 3] = [(page, b""), ("", drawn.as_bytes()), ("/Subtype /Form", long.as_bytes())];
    assert_eq!(runs(&file_of(&objects)), Err(PdfError::Unpacked));
}

#[test]
fn small_objects_cost_what_they_take() {
    let many = format!("[{}]", "<</A 1>>".repeat(160_000));
    let packed = |dict: &'static str, stream: &str| pdf_file(&[("/Type /Page", None), (dict, Some(stream))], true);
    let five: String = (0..5).map(|one| format!("{} 0 ", 10 + one)).collect();
    assert_eq!(page_count(&packed("/Type /ObjStm /N 5 /First 25", &format!("{five}     {many}"))), Err(PdfError::Unpacked));
    let names: String = (0..200).map(|one| format!("{:03} 0 ", 100 + one)).collect();
    let long = format!("{names}({})", "a".repeat(1 << 20));
    assert_eq!(page_count(&packed("/Type /ObjStm /N 200 /First 1200", &long)), Err(PdfError::Unpacked));
}

#[test]
fn a_predictor_of_any_width_is_refused_or_undone() {
    let wide = "/DecodeParms << /Predictor 12 /Columns 3999999999 /Colors 3999999999 /BitsPerComponent 3999999999 >>";
    let page = format!("/Type /Page /Contents 2 0 R {FONT}");
    let found = runs(&pdf_file(&[(&page, None), (wide, Some("BT /F 1 Tf (a) Tj ET"))], true)).unwrap();
    assert_eq!(found[0].text, "a");
}

#[test]
fn words_that_nobody_sees_are_not_read() {
    check("BT /F 1 Tf 3 Tr (a) Tj 0 Tr (b) Tj ET", &[(0.0, 0.0, "b")]);
    check("q BT /F 1 Tf 7 Tr (a) Tj ET Q BT /F 1 Tf (b) Tj ET", &[(0.0, 0.0, "b")]);
}

#[test]
fn the_newest_edition_of_an_object_counts_packed_or_not() {
    let packed = |text: &str| (format!("/Type /ObjStm /N 1 /First 4 /Of {}", text.len()), format!("9 0 << /V ({text}) >>"));
    let (old, new) = (packed("old"), packed("newest"));
    let plain = ("9 0 obj", "<< /V (plain) >> endobj");
    let stream = |number: usize, (dict, text): &(String, String)| format!("{number} 0 obj << {dict} >> stream\n{text}\nendstream endobj\n");
    let plain = format!("{}{}\n", plain.0, plain.1);
    for (parts, expected) in [
        ([stream(1, &old), stream(2, &new)], "newest"),
        ([stream(2, &new), stream(1, &old)], "old"),
        ([plain.clone(), stream(1, &old)], "old"),
        ([stream(1, &old), plain], "plain"),
    ] {
        let bytes = parts.concat().into_bytes();
        let file = File::read(&bytes).unwrap();
        assert_eq!(*file.value(file.by_number(9), "V"), object::Object::Text(expected.as_bytes().to_vec()), "{parts:?}");
    }
}
