//! Which facts a calculator asks for, and the case they make.

use policy::case::Draft;
use policy::pack::{Calculator, Input, Pack, Test};
use policy::program::Type;
use policy::term::{Form, Symbol, Term};

use crate::forms::{Filled, Typed};

/// Groups that are asked elsewhere or by nobody: the assessment's, a person's, the calculator's own.
const OTHER_GROUPS: [&str; 7] = ["answers", "figures", "scenarios", "confirmed", "exception", "settled", "given"];

/// The paths of all fields in the order of the form.
pub(crate) fn paths(pack: &Pack, calculator: &Calculator) -> Vec<String> {
    let mut all = given(pack, calculator);
    all.extend(calculator.vary.clone());
    all.extend(checks(pack).iter().map(|input| input.id()));
    all
}

/// The paths of what is entered directly.
pub(crate) fn given(pack: &Pack, calculator: &Calculator) -> Vec<String> {
    let path = |value: &String| format!("given.{value}");
    let all = calculator.given.iter().map(path);
    all.filter(|path| pack.input(path).is_some()).collect()
}

/// The facts that conditions read and a visitor can answer with a choice.
pub(crate) fn checks(pack: &Pack) -> Vec<&Input> {
    let read = read_by_conditions(pack);
    let wanted = |(at, input): &(usize, &Input)| {
        let by_choice = matches!(input.meta.ty, Type::YesNo | Type::Choice(_));
        by_choice && read.contains(at) && !OTHER_GROUPS.contains(&input.group.as_str())
    };
    pack.inputs[0].iter().enumerate().filter(wanted).map(|(_, input)| input).collect()
}

fn read_by_conditions(pack: &Pack) -> Vec<usize> {
    let tests = pack.conditions.iter().filter_map(|condition| match &condition.test {
        Test::Formula(term) => Some(term),
        Test::Person(..) => None,
    });
    let whens = pack.conditions.iter().filter_map(|condition| condition.when.as_ref());
    tests.chain(whens).flat_map(Term::walk).filter_map(case_input).collect()
}

fn case_input(term: &Term) -> Option<usize> {
    match term.form {
        Form::Name(Symbol::Input(0, at)) => Some(at),
        _ => None,
    }
}

/// The form as filled in. What varies from column to column is kept apart: it says which column the
/// visitor looks for, and each column sets it anew.
pub(crate) fn filled(pack: &Pack, calculator: &Calculator, typed: Typed) -> Filled {
    let vary = calculator.vary.as_deref().unwrap_or_default();
    let paths: Vec<String> = paths(pack, calculator).into_iter().filter(|path| path != vary).collect();
    Filled { typed: typed.clone(), ..Filled::new(pack, typed.only(&paths)) }
}

/// The case of one column: what was typed, nothing where nothing was typed, `value` for what varies.
///
/// The form says that an investment one does not have is left empty, so here, and only here, an
/// empty field is nought and not unknown.
pub(crate) fn draft(pack: &Pack, calculator: &Calculator, typed: &Typed, value: Option<&str>) -> Draft {
    let mut draft = filled(pack, calculator, typed.clone()).draft;
    let empty = given(pack, calculator).into_iter().filter(|path| typed.text(path).is_empty());
    let zeros = empty.map(|path| (path, "0".to_owned()));
    let varied = calculator.vary.clone().zip(value.map(str::to_owned));
    for (path, text) in zeros.chain(varied) {
        // Neither can be refused: a column's value was checked when its pack was loaded.
        let _ = draft.set(pack, &path, &text);
    }
    draft
}

/// Whether no investment was entered.
pub(crate) fn nothing_given(pack: &Pack, calculator: &Calculator, filled: &Filled) -> bool {
    given(pack, calculator).iter().all(|path| filled.typed.text(path).is_empty())
}
