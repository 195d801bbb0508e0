//! What the journal says of some records, so that an outsider can check it with what the extract holds: the entries that the
//! reader may read, word for word, and of the chain around them digests alone, which say nothing of what others did.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use journal::Entry;
use records::Moment;

use crate::ServiceError;
use crate::desk::Desk;

/// Entries of one chain whose digests an extract holds: 28 MB of text.
const LINKS_MOST: usize = 200_000;
/// Entries read at once.
const AT_ONCE: i64 = 1_000;

/// An entry of the extract.
struct Own {
    entry: Entry,
    /// What happened, in a sentence.
    what: String,
    /// The reader may read it whole.
    whole: bool,
}

/// An extract under way, by chain.
#[derive(Default)]
pub(super) struct Extract(BTreeMap<String, BTreeMap<i64, Own>>);

impl Extract {
    /// With an entry; what is there already is not there twice.
    pub(super) fn take(&mut self, entry: Entry, what: String, whole: bool) {
        let chain = self.0.entry(entry.programme.clone()).or_default();
        chain.entry(entry.seq).or_insert(Own { entry, what, whole });
    }

    /// Its texts by name: of each chain where it begins, its links to its end, and the entries that may be read; and a list for
    /// people.
    pub(super) async fn texts(&self, desk: &Desk<'_>) -> Result<Vec<(String, String)>, ServiceError> {
        let mut all = vec![("台账摘录.txt".to_owned(), self.list())];
        for (programme, own) in &self.0 {
            let Some(first) = own.values().next() else { continue };
            let folder = format!("台账/{programme}");
            all.push((format!("{folder}/起点.txt"), format!("{}\n", first.entry.previous)));
            all.push((format!("{folder}/链.txt"), links(desk, programme, first.entry.seq).await?));
            all.push((format!("{folder}/记录.txt"), whole(own)));
        }
        Ok(all)
    }

    fn list(&self) -> String {
        let mut list = String::new();
        for (programme, own) in &self.0 {
            for Own { entry, what, .. } in own.values() {
                // Writing to a String cannot fail.
                let _ = writeln!(list, "{programme}\t{}\t{}\t{what}\t{}", entry.seq, Moment(entry.at_unix_ms).text(), entry.hash);
            }
        }
        list
    }
}

/// The entries that may be read, each behind its number.
fn whole(own: &BTreeMap<i64, Own>) -> String {
    own.values().filter(|one| one.whole).map(|one| format!("{}\t{}\n", one.entry.seq, journal::said(&one.entry))).collect()
}

/// A line an entry, from one on to where the chain ends now: its number, its digest and the hash that follows.
async fn links(desk: &Desk<'_>, programme: &str, from: i64) -> Result<String, ServiceError> {
    let (mut text, mut next, mut count) = (String::new(), from, 0);
    while count < LINKS_MOST {
        let entries = desk.store.entries(programme, next, AT_ONCE).await?;
        let Some(last) = entries.last() else { break };
        (next, count) = (last.seq + 1, count + entries.len());
        for entry in &entries {
            let _ = writeln!(text, "{}\t{}\t{}", entry.seq, journal::digest(entry), entry.hash);
        }
    }
    Ok(text)
}

/// Which entries somebody may read whole: offices and the supervisor all; others what their own organisation did and is shown,
/// since entries name who in an office did what.
pub(super) struct Reads<'a> {
    /// An office or the supervisor.
    pub(super) all: bool,
    /// The reader's organisation.
    pub(super) organisation: &'a str,
    /// The entries whose story the reader is told, by number, with the story.
    pub(super) told: &'a BTreeMap<i64, String>,
}

impl Reads<'_> {
    /// What is told of an entry, and whether it may be read whole.
    pub(super) fn told(&self, entry: &Entry) -> (String, bool) {
        let told = self.told.get(&entry.seq);
        let own = told.is_some() && entry.organisation == self.organisation;
        (told.cloned().unwrap_or_default(), self.all || own)
    }
}
