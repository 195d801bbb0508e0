//! What was done, by whom and when: entries, each hashed over the one before, that anybody can verify.
//!
//! Invariant: nothing here reads a clock or a database, and an entry's hash depends on its exported line alone. Whoever
//! has the lines and one printed head can verify a programme's journal without this program.
//!
//! # The form of a line
//!
//! A journal is exported as one JSON object a line, ended by `\n`, in the order of `seq`; there is no header. Each object
//! has exactly these members: `account`, `at_unix_ms`, `event`, `hash`, `id`, `mandate`, `noun`, `organisation`,
//! `previous`, `programme`, `seq`, `version`. `mandate` is a string or `null`; `at_unix_ms`, `seq` and `version` are
//! integers; `event` is any JSON without fractions; the others are strings.
//!
//! Lines are in *canonical form*, which leaves one way to write a value:
//!
//! - members of an object in the order of their names' code points, none twice; no white space between tokens;
//! - numbers are integers of 64 bits in decimal, without `+`, `-0`, leading zeros, fraction or exponent;
//! - in strings `"` and `\` are escaped by `\`, the characters U+0008, U+0009, U+000A, U+000C, U+000D as `\b \t \n \f \r`,
//!   others below U+0020 as `\u00xx` in lower case; everything else stands as it is, in UTF-8.
//!
//! # The chain
//!
//! The *digest* of an entry is the SM3 digest (GB/T 32905-2016), in lower-case hexadecimal, of its line without the members
//! `hash` and `previous` (and without `\n`). `hash` is that of `previous` followed by the digest, 128 characters. `previous`
//! is the `hash` of the line before, or 64 zeros in the first. `seq` counts from 1. So a verifier is, in Python:
//!
//! ```text
//! sm3 = lambda text: hashlib.new("sm3", text.encode()).hexdigest()
//! previous, seq = "0" * 64, 0
//! for line in open("journal.jsonl", encoding="utf-8"):
//!     entry = json.loads(line)
//!     hash, before = entry.pop("hash"), entry.pop("previous")
//!     text = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
//!     assert sm3(previous + sm3(text)) == hash
//!     assert before == previous and entry["seq"] == seq + 1
//!     previous, seq = hash, seq + 1
//! ```
//!
//! Who may read some entries only follows the chain past the others by their digests, which say nothing of them: that is how
//! an extract for one organisation is verified (`docs/decisions/0009`).
//!
//! The last hash must be the one printed. A chain alone cannot show that its end was cut off, or that it was written
//! anew from some entry on: that is why its head is printed on notices and payment lists, where many people hold it.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod canonical;
mod chain;
mod entry;
mod error;
mod lines;
mod verify;

pub use canonical::{DEPTH_MAX, canonical};
pub use chain::{Chain, GENESIS, Head};
pub use entry::{Entry, Unchained, digest, hash, linked, said};
pub use error::{Broken, Damage, JournalError};
pub use lines::{LINE_MAX_BYTES, export, import, line, parse};
pub use verify::{Verifier, verify, verify_to};

#[cfg(test)]
mod tests;
