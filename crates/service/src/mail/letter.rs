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
    /// A letter of these paragraphs; who sends it is written below when it leaves.
    pub fn new(to: &str, subject: &str, paragraphs: &[&str]) -> Self {
        let text = format!("您好：\n\n{}\n", paragraphs.join("\n\n"));
        Self { to: to.to_owned(), subject: subject.to_owned(), text }
    }
}
