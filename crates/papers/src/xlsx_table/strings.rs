//! The strings that cells share, one after the other in one text.

use quick_xml::events::Event;

use super::package::{Part, broken};
use crate::budget::Budget;
use crate::table::TableError;
use crate::xml_in::{Malformed, local, push_text};

/// What a string costs besides its letters, in bytes: less for its place than for the time to find its end.
const STRING_COST: u64 = 256;

/// The strings by their numbers.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: String,
    ends: Vec<usize>,
}

impl Strings {
    /// As many as there are: what the part says of their number is not read.
    pub(super) fn read(xml: &mut Part<'_, '_>, budget: &Budget) -> Result<Self, TableError> {
        let mut all = Self::default();
        let mut words = Words::default();
        loop {
            let event = xml.event().map_err(|_| broken())?;
            match &event {
                Event::End(end) if local(end.name().as_ref()) == "si" => {
                    budget.charge(STRING_COST).map_err(|_| broken())?;
                    all.ends.push(all.text.len());
                }
                Event::Eof => return Ok(all),
                _ => words.take(&event, &mut all.text).map_err(|_| broken())?,
            }
        }
    }

    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let end = *self.ends.get(number)?;
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..end)
    }
}

/// Where in a string the events are: its words stand in `t`, how they are pronounced in `rPh`.
#[derive(Debug, Default)]
pub(super) struct Words {
    spoken: bool,
    written: bool,
}

impl Words {
    /// Adds what an event of a string says.
    pub(super) fn take(&mut self, event: &Event<'_>, text: &mut String) -> Result<(), Malformed> {
        match event {
            Event::Start(start) => self.set(local(start.name().as_ref()), true),
            Event::End(end) => self.set(local(end.name().as_ref()), false),
            event if self.written && !self.spoken => push_text(event, text)?,
            _ => {}
        }
        Ok(())
    }

    fn set(&mut self, name: &str, within: bool) {
        match name {
            "t" => self.written = within,
            "rPh" => self.spoken = within,
            _ => {}
        }
    }
}
