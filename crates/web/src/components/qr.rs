//! A QR code, drawn as SVG; the page puts the same text beside it.

use std::fmt::Write as _;

use maud::{Markup, html};
use qrcodegen::{QrCode, QrCodeEcc};

/// Light modules around the code, as ISO/IEC 18004 asks.
const QUIET: i32 = 4;

/// The code of a text; nothing when it is too long for one.
pub(crate) fn qr(text: &str, label: &str) -> Markup {
    let Ok(code) = QrCode::encode_text(text, QrCodeEcc::Medium) else { return html! {} };
    let side = code.size() + 2 * QUIET;
    html! {
        svg.qr viewBox=(format!("0 0 {side} {side}")) role="img" aria-label=(label) {
            rect.light width=(side) height=(side) {}
            path.dark d=(modules(&code)) {}
        }
    }
}

/// The dark modules, each run of a row as one rectangle.
fn modules(code: &QrCode) -> String {
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count() as i32;
            if run > 0 {
                // Writing to a text does not fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
            }
            x += run.max(1);
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dark_module_is_in_one_run() {
        let code = QrCode::encode_text("otpauth://totp/x?secret=ABC", QrCodeEcc::Medium).unwrap();
        let dark = (0..code.size()).flat_map(|y| (0..code.size()).map(move |x| (x, y))).filter(|(x, y)| code.get_module(*x, *y));
        let drawn: i32 = modules(&code).split("h-").skip(1).filter_map(|run| run.split('z').next()?.parse::<i32>().ok()).sum();
        assert_eq!(drawn, dark.count() as i32);
        assert_eq!(qr(&"x".repeat(5000), "").into_string(), "");
    }
}
