//! Files that are made here and saved there.

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use standards::text::percent_encoded;

/// DOCX, as it is sent.
pub(super) const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
/// PDF.
pub(super) const PDF: &str = "application/pdf";
/// Plain text.
pub(super) const TEXT: &str = "text/plain; charset=utf-8";
/// A workbook.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A file to save; its name by RFC 6266, in percent code.
pub(super) fn attached(media_type: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    let encoded = percent_encoded(name, "");
    let named = format!("attachment; filename*=UTF-8''{encoded}");
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_DISPOSITION, HeaderValue::try_from(named).unwrap_or(HeaderValue::from_static("attachment"))),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; sandbox")),
    ];
    (headers, bytes).into_response()
}
