//! What an expert says of himself: fields and employer, from which matches and conflicts follow.

use records::FieldError;
use records::Refusal;
use records::access::Acting;
use records::organisation::{Organisation, OrganisationKind, Profile};

use crate::desk::{Desk, only};
use crate::on_file::{self, commit, demand};
use crate::{ServiceError, compiled_once};

/// Most fields of one expert.
const FIELDS_MAX: usize = 20;
/// Characters of a field or an employer.
const NAME_MAX_CHARS: usize = 60;

/// As typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Describing {
    /// Fields, one a line or with 、 between.
    pub fields: String,
    /// Where the expert works; "无" for nowhere.
    pub employer: String,
}

/// Sets the fields and the employer of the expert's own record.
///
/// # Errors
/// [`ServiceError::Conflict`] if it was changed since `version`; a refusal with what is missing.
#[compiled_once]
pub async fn describe(desk: &Desk<'_>, acting: &Acting, version: i64, said: &Describing) -> Result<(), ServiceError> {
    only(acting.kind == OrganisationKind::Expert)?;
    let found = demand::<Organisation>(desk.store, acting.organisation.as_str()).await?;
    if found.version != version {
        return Err(ServiceError::Conflict);
    }
    let (fields, employer) = said.read()?;
    let events = found.state.set_profile(Profile { fields, employer, ..found.state.profile.clone() });
    if events.is_empty() {
        return Ok(());
    }
    let change = on_file::change(found.state.id.as_str(), Some(&found), &events)?;
    desk.store.commit(&commit(acting.by(), desk.edge.now, vec![change])).await?;
    Ok(())
}

impl Describing {
    fn read(&self) -> Result<(Vec<String>, String), Refusal> {
        let mut fields: Vec<String> = Vec::new();
        for field in self.fields.split(['\n', '、', '，', ',', ';', '；']).map(str::trim).filter(|field| !field.is_empty()) {
            if !fields.iter().any(|known| known == field) {
                fields.push(field.to_owned());
            }
        }
        let employer = self.employer.split_whitespace().collect::<Vec<_>>().join(" ");
        let long = |text: &String| text.chars().count() > NAME_MAX_CHARS;
        let wrong = [
            (fields.is_empty(), "fields", "请填写专业领域，如“食品制造”。".to_owned()),
            (fields.len() > FIELDS_MAX, "fields", format!("专业领域最多{FIELDS_MAX}项。")),
            (fields.iter().any(long), "fields", format!("每项专业领域最多{NAME_MAX_CHARS}字，多项之间用顿号或者换行分开。")),
            (employer.is_empty(), "employer", "请填写任职单位的全称；没有任职单位的填“无”。".to_owned()),
            (long(&employer), "employer", format!("任职单位最多{NAME_MAX_CHARS}字。")),
        ];
        let errors: Vec<FieldError> =
            wrong.into_iter().filter(|(is, ..)| *is).map(|(_, path, message)| FieldError::new(path, message)).collect();
        if errors.is_empty() { Ok((fields, employer)) } else { Err(Refusal::fields(errors)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_one_by_one() {
        let check = |fields: &str, employer: &str, expected: Result<&[&str], &str>| {
            let said = Describing { fields: fields.into(), employer: employer.into() };
            match (said.read(), expected) {
                (Ok((found, _)), Ok(expected)) => assert_eq!(found, expected),
                (Err(refusal), Err(path)) => assert_eq!(refusal.errors[0].path, path),
                (found, expected) => panic!("{found:?}, not {expected:?}"),
            }
        };
        check("食品、纺织\n食品", "大学", Ok(&["食品", "纺织"]));
        check(" ", "大学", Err("fields"));
        check("食品", " ", Err("employer"));
        check(&"字".repeat(61), "无", Err("fields"));
    }
}
