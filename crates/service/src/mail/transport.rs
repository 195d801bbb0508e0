//! How letters leave: into a folder, or to a mail server.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use lettre::message::Mailbox;
use lettre::message::header::ContentType;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use tokio::task::spawn_blocking;

use super::Letter;

/// How long a mail server may take for one letter.
const TIMEOUT: Duration = Duration::from_secs(30);

/// Why a letter did not leave. The text is kept beside the letter for whoever runs the service.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    /// An address is none, or the letter cannot be written as a message.
    #[error("邮件地址或内容有误：{0}")]
    Letter(String),
    /// The folder cannot be written to.
    #[error("无法写入邮件目录：{0}")]
    Folder(#[from] std::io::Error),
    /// The mail server refused it or was not reached, or its address is wrong.
    #[error("邮件服务器：{0}")]
    Server(#[from] lettre::transport::smtp::Error),
}

/// Where letters go, and from whom they come.
#[derive(Clone, Debug)]
pub struct Transport {
    from: Mailbox,
    below: String,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Folder(PathBuf),
    Server(AsyncSmtpTransport<Tokio1Executor>),
}

impl Transport {
    /// Letters become files of a folder: a site without a mail server, where somebody reads them out, and tests.
    ///
    /// # Errors
    /// `from` is no address.
    pub fn folder(from: &str, folder: &Path) -> Result<Self, MailError> {
        Ok(Self { from: mailbox(from)?, below: String::new(), way: Way::Folder(folder.to_owned()) })
    }

    /// Letters go to a mail server: `smtps://user:password@host`, `smtp://user:password@host:587?tls=required`, or
    /// `smtp://localhost:25` for a relay on this machine.
    ///
    /// # Errors
    /// `from` or `url` is no address.
    pub fn server(from: &str, url: &str) -> Result<Self, MailError> {
        let server = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?.timeout(Some(TIMEOUT)).build();
        Ok(Self { from: mailbox(from)?, below: String::new(), way: Way::Server(server) })
    }

    /// The same with these lines below every letter: who runs the site, and where it is.
    pub fn signed<L: AsRef<str>>(self, lines: &[L]) -> Self {
        Self { below: lines.iter().map(|line| format!("{}\n", line.as_ref())).collect(), ..self }
    }

    /// Sends a letter at this time; `name` tells it apart from all others and stays the same when it is tried again.
    pub(super) async fn send(&self, letter: &Letter, name: &str, at_unix_ms: i64) -> Result<(), MailError> {
        let message = self.message(letter, name, at_unix_ms)?;
        match &self.way {
            Way::Folder(folder) => write(folder.clone(), format!("{at_unix_ms}-{}.eml", plain(name)), message.formatted()).await,
            Way::Server(server) => server.send(message).await.map(drop).map_err(MailError::Server),
        }
    }

    fn message(&self, letter: &Letter, name: &str, at_unix_ms: i64) -> Result<Message, MailError> {
        let at = SystemTime::UNIX_EPOCH + Duration::from_millis(at_unix_ms.unsigned_abs());
        let id = format!("<{}@{}>", plain(name), self.from.email.domain());
        let message = Message::builder().from(self.from.clone()).to(mailbox(&letter.to)?).subject(&letter.subject);
        let message = message.date(at).message_id(Some(id)).header(ContentType::TEXT_PLAIN);
        message.body(self.text(letter)).map_err(|error| MailError::Letter(error.to_string()))
    }

    fn text(&self, letter: &Letter) -> String {
        if self.below.is_empty() { letter.text.clone() } else { format!("{}\n{}", letter.text, self.below) }
    }
}

fn mailbox(text: &str) -> Result<Mailbox, MailError> {
    text.parse().map_err(|error| MailError::Letter(format!("{text} {error}")))
}

/// A name that can be a file's: an outbox row's key holds a slash.
fn plain(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

async fn write(folder: PathBuf, name: String, bytes: Vec<u8>) -> Result<(), MailError> {
    let written = spawn_blocking(move || {
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(name), bytes)
    });
    Ok(written.await.map_err(std::io::Error::other)??)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_servers() {
        for (url, accepted) in [
            ("smtp://localhost:25", true),
            ("smtps://user:pass@mail.example.cn", true),
            ("smtp://user:pass@mail.example.cn:587?tls=required", true),
            ("mail.example.cn", false),
            ("http://mail.example.cn", false),
        ] {
            assert_eq!(Transport::server("数转 <noreply@example.cn>", url).is_ok(), accepted, "{url}");
        }
        assert!(Transport::server("nobody", "smtp://localhost").is_err());
    }

    #[test]
    fn who_sends_a_letter_stands_below_it() {
        let letter = Letter::new("a@example.cn", "问", &["甲", "乙"]);
        for (lines, expected) in [
            (Vec::new(), "您好：\n\n甲\n\n乙\n"),
            (vec!["某市平台", "https://example.cn"], "您好：\n\n甲\n\n乙\n\n某市平台\nhttps://example.cn\n"),
        ] {
            let transport = Transport::folder("noreply@example.cn", Path::new("x")).unwrap().signed(&lines);
            assert_eq!(transport.text(&letter), expected);
        }
    }

    #[test]
    fn a_letter_cannot_smuggle_headers() {
        let transport = Transport::folder("noreply@example.cn", Path::new("x")).unwrap();
        let letter = Letter { to: "a@example.cn".into(), subject: "问\r\nBcc: b@example.cn".into(), text: "好".into() };
        let text = transport.message(&letter, "1", 0).map(|message| String::from_utf8(message.formatted()).unwrap());
        assert!(text.is_ok_and(|text| !text.contains("\r\nBcc:")));
        let letter = Letter { to: "a@example.cn\r\nBcc: b@example.cn".into(), subject: "问".into(), text: "好".into() };
        assert!(transport.message(&letter, "1", 0).is_err());
    }
}
