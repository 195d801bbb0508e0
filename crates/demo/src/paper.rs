//! The one paper that every organisation of the city hands in wherever one is asked for.

use crate::{DemoError, Ground};

/// What stands on it; Latin letters, since the file brings no font.
const TEXT: &str = "BT /F1 28 Tf 90 700 Td (DEMO - fictional document) Tj ET";

impl Ground<'_> {
    /// Puts the paper's content where contents are; answers its digest and size.
    pub(crate) async fn keep_paper(&self) -> Result<(String, i64), DemoError> {
        let content = pdf();
        let digest = self.blobs.put_stream(content.as_bytes()).await?;
        Ok((digest.as_str().to_owned(), content.len() as i64))
    }
}

/// A PDF of one page (ISO 32000-1, 7.5): objects, where each begins, and a trailer.
fn pdf() -> String {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{TEXT}\nendstream", TEXT.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut file = "%PDF-1.4\n".to_owned();
    let mut begins = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        begins.push(file.len());
        file.push_str(&format!("{} 0 obj\n{object}\nendobj\n", at + 1));
    }
    let table = file.len();
    file.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    begins.iter().for_each(|begin| file.push_str(&format!("{begin:010} 00000 n \n")));
    file.push_str(&format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1));
    file
}
