//! Figures that are nothing yet because the rows they rest on have not been recognised.

use std::collections::HashSet;

use super::Sayer;
use crate::pack::Recognition;
use crate::program::Reg;
use crate::term::{Form, Symbol, Term};

impl Sayer<'_> {
    /// Whether a figure rests on rows that somebody has yet to recognise (待审核认定): such rows count 0 until then.
    pub fn awaits(&self, reg: Reg) -> bool {
        let value = self.pack.values.iter().position(|value| value.reg == reg);
        value.is_some_and(|index| self.value_awaits(index, &mut HashSet::new()))
    }

    fn value_awaits(&self, index: usize, seen: &mut HashSet<usize>) -> bool {
        seen.insert(index) && self.term_awaits(&self.pack.values[index].term, seen)
    }

    fn term_awaits(&self, term: &Term, seen: &mut HashSet<usize>) -> bool {
        term.walk().into_iter().any(|part| match &part.form {
            Form::Name(Symbol::Value(index)) => self.value_awaits(*index, seen),
            Form::Name(Symbol::Recognition(index)) => self.is_open(&self.pack.recognitions[*index]),
            _ => false,
        })
    }

    /// Whether a rule of some row can be answered neither way.
    fn is_open(&self, recognition: &Recognition) -> bool {
        (0..self.facts.rows(recognition.kind)).any(|row| self.trace.at(recognition.gates, row).get().is_none())
    }
}
