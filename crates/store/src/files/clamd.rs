//! The virus scanner clamd, asked over its own protocol (INSTREAM), when there is one.

use std::path::PathBuf;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpStream;
#[cfg(unix)]
use tokio::net::UnixStream;
use tokio::time::timeout;

use super::Blob;
use crate::{StoreError, compiled_once};

/// How long a whole scan may take: somebody waits for the answer to an upload.
const ANSWERS_WITHIN: Duration = Duration::from_secs(60);
/// Bytes of an answer: the name of a virus and a few words.
const ANSWER_MAX_BYTES: u64 = 4 * 1024;

/// Who looks for viruses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scanner {
    /// Nobody; files are only looked at by type.
    Off,
    /// clamd on the network.
    Tcp(String),
    /// clamd on this machine.
    Socket(PathBuf),
}

/// What a scan says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing found.
    Clean,
    /// A virus of this name.
    Infected(String),
    /// The scanner would not look at it, for this reason: as a rule the file is larger than its StreamMaxLength.
    Unsaid(String),
}

impl Scanner {
    /// `HOST:PORT`, the path of a socket, or nothing.
    pub fn of_setting(setting: Option<&str>) -> Self {
        match setting.map(str::trim).filter(|text| !text.is_empty()) {
            None => Self::Off,
            Some(text) if text.contains('/') => Self::Socket(PathBuf::from(text)),
            Some(text) => Self::Tcp(text.to_owned()),
        }
    }

    /// Scans a content; without a scanner every content is clean.
    ///
    /// # Errors
    /// The scanner cannot be reached or takes too long.
    #[compiled_once]
    pub async fn scan(&self, blob: Blob) -> Result<Verdict, StoreError> {
        let asked = async {
            match self {
                Self::Off => Ok(Verdict::Clean),
                Self::Tcp(address) => ask(TcpStream::connect(address).await.map_err(unreachable)?, blob).await,
                Self::Socket(path) => ask_socket(path, blob).await,
            }
        };
        timeout(ANSWERS_WITHIN, asked).await.map_err(|_| StoreError::Scanner("没有按时答复".to_owned()))?
    }
}

#[cfg(unix)]
async fn ask_socket(path: &PathBuf, blob: Blob) -> Result<Verdict, StoreError> {
    ask(UnixStream::connect(path).await.map_err(unreachable)?, blob).await
}

#[cfg(not(unix))]
async fn ask_socket(path: &PathBuf, _: Blob) -> Result<Verdict, StoreError> {
    Err(StoreError::Scanner(format!("本系统不支持 {}", path.display())))
}

fn unreachable(error: std::io::Error) -> StoreError {
    StoreError::Scanner(error.to_string())
}

async fn ask(mut clamd: impl AsyncRead + AsyncWrite + Unpin, blob: Blob) -> Result<Verdict, StoreError> {
    let sent = send(&mut clamd, blob).await;
    let mut answer = Vec::new();
    let read = clamd.take(ANSWER_MAX_BYTES).read_to_end(&mut answer).await;
    // clamd answers and hangs up before the end when a file is larger than it takes: the answer says more than the broken
    // connection.
    if answer.is_empty() {
        sent?;
        read.map_err(unreachable)?;
    }
    match verdict(&String::from_utf8_lossy(&answer)) {
        Verdict::Unsaid(answer) if answer.is_empty() => Err(StoreError::Scanner("没有答复".to_owned())),
        verdict => Ok(verdict),
    }
}

async fn send(clamd: &mut (impl AsyncWrite + Unpin), mut blob: Blob) -> Result<(), StoreError> {
    clamd.write_all(b"zINSTREAM\0").await.map_err(unreachable)?;
    while let Some(piece) = blob.piece().await? {
        let length = (piece.len() as u32).to_be_bytes();
        clamd.write_all(&length).await.map_err(unreachable)?;
        clamd.write_all(&piece).await.map_err(unreachable)?;
    }
    clamd.write_all(&[0; 4]).await.map_err(unreachable)?;
    clamd.flush().await.map_err(unreachable)
}

/// `stream: OK`, `stream: NAME FOUND`, or anything else, which is no verdict.
fn verdict(answer: &str) -> Verdict {
    let answer = answer.trim_matches(['\0', '\n', '\r', ' ']);
    match answer.strip_prefix("stream: ") {
        Some("OK") => Verdict::Clean,
        Some(found) if found.ends_with(" FOUND") => Verdict::Infected(found.trim_end_matches(" FOUND").to_owned()),
        _ => Verdict::Unsaid(answer.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings() {
        for (setting, expected) in [
            (None, Scanner::Off),
            (Some(" "), Scanner::Off),
            (Some("127.0.0.1:3310"), Scanner::Tcp("127.0.0.1:3310".to_owned())),
            (Some("/run/clamav/clamd.ctl"), Scanner::Socket("/run/clamav/clamd.ctl".into())),
        ] {
            assert_eq!(Scanner::of_setting(setting), expected);
        }
    }

    #[test]
    fn answers() {
        for (answer, expected) in [
            ("stream: OK\0", Verdict::Clean),
            ("stream: Eicar-Signature FOUND\0", Verdict::Infected("Eicar-Signature".to_owned())),
            ("INSTREAM size limit exceeded. ERROR\0", Verdict::Unsaid("INSTREAM size limit exceeded. ERROR".to_owned())),
            ("stream: OK, or so\0", Verdict::Unsaid("stream: OK, or so".to_owned())),
        ] {
            assert_eq!(verdict(answer), expected, "{answer}");
        }
    }
}
