//! 数转: the binary. Wiring, the command line and the server; no rule lives here.
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod accounts;
mod arguments;
mod calls;
mod case;
mod demo_city;
mod difference;
mod draw;
mod fonts;
mod ledger;
mod packs;
mod policy_commands;
mod proofs;
mod scaffold;
mod serve;
mod simulate;

use std::process::ExitCode;

fn main() -> ExitCode {
    match arguments::run() {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
