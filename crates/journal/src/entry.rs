//! One line of the journal, and its hash.

use crate::canonical::quoted;
use serde::Deserialize;
use sm3::{Digest as _, Sm3};

/// One thing that was done to one record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The programme whose chain it stands in.
    pub programme: String,
    /// Its place in the chain, from 1.
    pub seq: i64,
    /// When, in Unix milliseconds.
    pub at_unix_ms: i64,
    /// Which account did it.
    pub account: String,
    /// For which organisation.
    pub organisation: String,
    /// Under which mandate (授权代办), if the organisation acted for another.
    pub mandate: Option<String>,
    /// What kind of record it was done to.
    pub noun: String,
    /// Which of them.
    pub id: String,
    /// The record's version after it, from 1.
    pub version: i64,
    /// What was done, as canonical JSON.
    pub event: String,
    /// The hash of the entry before, [`GENESIS`](crate::GENESIS) in the first.
    pub previous: String,
    /// The hash of this entry.
    pub hash: String,
}

/// An entry that has no place in a chain yet.
#[derive(Clone, Copy, Debug)]
pub struct Unchained<'a> {
    /// When, in Unix milliseconds.
    pub at_unix_ms: i64,
    /// Which account does it.
    pub account: &'a str,
    /// For which organisation.
    pub organisation: &'a str,
    /// Under which mandate, if any.
    pub mandate: Option<&'a str>,
    /// What kind of record it is done to.
    pub noun: &'a str,
    /// Which of them.
    pub id: &'a str,
    /// The record's version after it, from 1.
    pub version: i64,
    /// What is done.
    pub event: &'a serde_json::Value,
}

/// An entry's members as they stand in a line.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Members {
    pub account: String,
    pub at_unix_ms: i64,
    pub event: serde_json::Value,
    pub hash: String,
    pub id: String,
    #[serde(deserialize_with = "Option::deserialize")] // so that it may be null but not left out
    pub mandate: Option<String>,
    pub noun: String,
    pub organisation: String,
    pub previous: String,
    pub programme: String,
    pub seq: i64,
    pub version: i64,
}

/// What an entry says, in canonical form: all of it but where it stands after which entry.
pub fn said(entry: &Entry) -> String {
    text(entry, None)
}

/// The digest of what an entry says. It tells nothing of it, and is all that somebody needs who follows the chain past it.
pub fn digest(entry: &Entry) -> String {
    hex(&said(entry))
}

/// The hash of an entry with this digest behind the entry with that hash.
pub fn linked(previous: &str, digest: &str) -> String {
    hex(&format!("{previous}{digest}"))
}

/// What an entry's own `hash` must be.
pub fn hash(entry: &Entry) -> String {
    linked(&entry.previous, &digest(entry))
}

fn hex(text: &str) -> String {
    Sm3::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An entry in canonical form, provided that its event is, with the hashes before it and of it or without. The members stand
/// here in the order of their names.
pub(crate) fn text(entry: &Entry, hashes: Option<(&str, &str)>) -> String {
    let Entry { programme, seq, at_unix_ms, account, organisation, mandate, noun, id, version, event, .. } = entry;
    let [account, id, noun, organisation, programme] = [account, id, noun, organisation, programme].map(|text| quoted(text));
    let mandate = mandate.as_deref().map_or("null".to_owned(), quoted);
    let member = |name: &str, hash: &str| format!("\"{name}\":{},", quoted(hash));
    let previous = hashes.map(|(previous, _)| member("previous", previous)).unwrap_or_default();
    let hash = hashes.map(|(_, hash)| member("hash", hash)).unwrap_or_default();
    format!(
        "{{\"account\":{account},\"at_unix_ms\":{at_unix_ms},\"event\":{event},{hash}\"id\":{id},\"mandate\":{mandate},\
         \"noun\":{noun},\"organisation\":{organisation},{previous}\"programme\":{programme},\
         \"seq\":{seq},\"version\":{version}}}"
    )
}
