//! Style sheet, script and icon: inside the binary, under names that change with their content.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::errors::Error;
use crate::extract::Name;

/// A name that holds the hash of the content never changes its content.
const FOREVER: &str = "public, max-age=31536000, immutable";

/// A file of the site.
struct Asset {
    address: String,
    mime: &'static str,
    bytes: &'static [u8],
}

static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("site", "css", "text/css; charset=utf-8", include_bytes!("../assets/site.css")));
static SCRIPT: LazyLock<Asset> = LazyLock::new(|| {
    let mime = "text/javascript; charset=utf-8";
    Asset::new("site", "js", mime, include_bytes!("../assets/site.js"))
});
static SHEET: LazyLock<Asset> = LazyLock::new(|| {
    let mime = "text/javascript; charset=utf-8";
    Asset::new("sheet", "js", mime, include_bytes!("../assets/sheet.js"))
});
static PAPER: LazyLock<Asset> = LazyLock::new(|| Asset::new("paper", "css", "text/css; charset=utf-8", papers::print::CSS.as_bytes()));
static ICON: LazyLock<Asset> = LazyLock::new(|| Asset::new("icon", "svg", "image/svg+xml", include_bytes!("../assets/icon.svg")));

impl Asset {
    fn new(name: &str, ending: &str, mime: &'static str, bytes: &'static [u8]) -> Self {
        let address = format!("/assets/{name}.{:016x}.{ending}", fnv(bytes));
        Self { address, mime, bytes }
    }
}

/// FNV-1a: enough to tell two builds of our own file apart, which is all the name is for.
fn fnv(bytes: &[u8]) -> u64 {
    let step = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, step)
}

/// Address of the style sheet.
pub(crate) fn style() -> &'static str {
    &STYLE.address
}

/// Address of the script.
pub(crate) fn script() -> &'static str {
    &SCRIPT.address
}

/// Address of the script of forms that save themselves.
pub(crate) fn sheet() -> &'static str {
    &SHEET.address
}

/// Address of the style sheet of papers.
pub(crate) fn paper() -> &'static str {
    &PAPER.address
}

/// Address of the icon.
pub(crate) fn icon() -> &'static str {
    &ICON.address
}

/// Sends an asset; an old name is gone.
pub(crate) async fn serve(Name(name): Name) -> Result<Response, Error> {
    let wanted = format!("/assets/{name}");
    let all: [&Asset; 5] = [&STYLE, &SCRIPT, &SHEET, &PAPER, &ICON];
    let asset = all.into_iter().find(|asset| asset.address == wanted).ok_or(Error::NoPage)?;
    let headers = [(header::CONTENT_TYPE, asset.mime), (header::CACHE_CONTROL, FOREVER)];
    Ok((headers, asset.bytes).into_response())
}

#[cfg(test)]
mod tests {
    use super::fnv;

    #[test]
    fn fnv_is_the_published_one() {
        assert_eq!(fnv(b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(b"a"), 0xaf63_dc4c_8601_ec8c);
    }
}
