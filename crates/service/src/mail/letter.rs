//! A letter as it lies in the outbox.

use serde::{Deserialize, Serialize};

/// A letter in plain text: it is read in every mail program, and no picture in it tells who opened it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// The address it goes to.
    pub to: String,
    /// What stands in the list of letters.
    pub subject: String,
    /// Paragraphs, divided by empty lines.
    pub text: String,
}

impl Letter {
    /// A letter of these paragraphs, with the site's address below.
    pub fn new(to: &str, subject: &str, paragraphs: &[&str], origin: &str) -> Self {
        let body = paragraphs.join("\n\n");
        let text = format!("您好：\n\n{body}\n\n{SITE}\n{origin}\n本邮件由系统发出，请勿直接回复。\n");
        Self { to: to.to_owned(), subject: subject.to_owned(), text }
    }
}

const SITE: &str = "中小企业数字化转型公共服务";
