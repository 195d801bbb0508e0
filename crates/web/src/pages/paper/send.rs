//! A file as an answer, so that it can do nothing but be looked at.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::try_unfold;
use papers::sniff::FileType;
use service::paper::Opened;
use standards::text::percent_encoded;

/// What came from outside runs nothing, loads nothing, has no origin of its own, and is shown inside pages of this site alone.
/// Chromium's and Firefox's PDF viewers work within it.
const ALONE: &str = "default-src 'none'; sandbox; frame-ancestors 'self'";

/// The file: shown where every browser shows it by itself, downloaded otherwise. Its type is what its content was found to
/// be, never what the sender said.
pub(crate) fn file(opened: Opened) -> Response {
    let paper = &opened.paper;
    let kind = FileType::of_media_type(&paper.media_type);
    let shown = kind.is_some_and(FileType::is_shown);
    let media_type = kind.map_or("application/octet-stream", FileType::media_type);
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type)),
        (header::CONTENT_LENGTH, HeaderValue::from(paper.bytes)),
        (header::CONTENT_DISPOSITION, disposition(shown, &paper.name)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(ALONE)),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ];
    let pieces = try_unfold(opened.blob, |mut blob| async { Ok::<_, service::StoreError>(blob.piece().await?.map(|piece| (piece, blob))) });
    (headers, Body::from_stream(pieces)).into_response()
}

/// The name by RFC 6266: as it is in percent code, and a plain one for whoever cannot read that.
fn disposition(shown: bool, name: &str) -> HeaderValue {
    let way = if shown { "inline" } else { "attachment" };
    let encoded = percent_encoded(name, "");
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).collect();
    let text = format!("{way}; filename=\"file.{ending}\"; filename*=UTF-8''{encoded}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static("attachment"))
}
