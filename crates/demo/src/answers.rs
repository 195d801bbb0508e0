//! What people of the city type: templates where the data has one, else something that fits the field's type.

use std::collections::BTreeMap;

use policy::pack::{Body, Field, FieldKind, Form, Pack};
use policy::program::Type;
use policy::text_chars;
use records::Moment;
use records::answers::{Answers, RowAnswers};

use crate::city::{City, Profile, Row};
use crate::enterprise::Enterprise;

/// Characters of a long text where the form asks for no minimum of its own; several such texts share one minimum.
const LONG_TEXT_CHARS: usize = 320;

/// Everything the answers of one file are made from.
#[derive(Clone, Copy)]
pub(crate) struct Writing<'a> {
    pub(crate) city: &'a City,
    pub(crate) pack: &'a Pack,
    pub(crate) enterprise: &'a Enterprise,
    /// The provider's name and id.
    pub(crate) provider: (&'a str, &'a str),
    /// When the file was begun.
    pub(crate) begun: Moment,
}

impl Writing<'_> {
    /// Fills in forms over what stands there already.
    pub(crate) fn forms(&self, forms: &[&Form], answers: &mut Answers) {
        for form in forms {
            for section in &form.sections {
                match &section.body {
                    Body::Fields(fields) => fields.iter().for_each(|field| self.field(field, answers)),
                    Body::Rows { kind, fields } => self.rows(&self.pack.kinds[*kind as usize].id, fields, answers),
                    Body::Questions { evidence } | Body::Scenarios { evidence } => {
                        self.assessment(answers);
                        self.evidence(*evidence, answers);
                    }
                }
            }
            form.promises.iter().for_each(|promise| answers.set(&promise.path, "yes"));
        }
    }

    /// The answers of an assessment that reaches the enterprise's level.
    pub(crate) fn assessment(&self, answers: &mut Answers) {
        let Some(assessment) = &self.pack.assessment else { return };
        let profile = self.city.profile.iter().find(|profile: &&Profile| profile.level == self.enterprise.level);
        profile.into_iter().flat_map(|profile| &profile.answers).for_each(|(path, text)| answers.set(path, text));
        for scenario in &assessment.scenarios {
            let level = self.enterprise.level - u8::from(!scenario.constraint);
            answers.set(&self.pack.inputs[0][scenario.input].id(), &level.to_string());
        }
    }

    /// Where the report shows it, beside each question and scenario.
    fn evidence(&self, asked: bool, answers: &mut Answers) {
        let Some(assessment) = self.pack.assessment.as_ref().filter(|_| asked) else { return };
        let ids = assessment.questions.iter().map(|one| &one.id).chain(assessment.scenarios.iter().map(|one| &one.id));
        for (id, text) in ids.zip(self.city.prose.evidence.iter().cycle()) {
            answers.set(&format!("evidence.{id}"), text);
        }
    }

    /// Facts an official states: as the data says, row by row where they belong to rows.
    pub(crate) fn asks<'s>(&self, asks: impl Iterator<Item = &'s str>, filed: &Answers) -> Answers {
        let mut stated = Answers::default();
        for ask in asks {
            let (kind, name) = ask.split_once('.').unwrap_or((ask, ""));
            if self.pack.kind(kind).is_none_or(|kind| kind == 0) {
                stated.set(ask, &self.template(ask).unwrap_or_else(|| "否".to_owned()));
                continue;
            }
            for row in filed.rows(kind) {
                let text = row.texts.get(name).cloned().or_else(|| self.template(ask)).unwrap_or_else(|| "是".to_owned());
                state_row(&mut stated, kind, row, name, text);
            }
        }
        stated
    }

    fn template(&self, path: &str) -> Option<String> {
        self.city.answers.get(path).map(|template| self.filled(template))
    }

    fn filled(&self, template: &str) -> String {
        self.enterprise.filled(template, self.provider.0, self.begun)
    }

    fn field(&self, field: &Field, answers: &mut Answers) {
        if !answers.text(&field.path).is_empty() || matches!(field.kind, FieldKind::Shown(_)) {
            return;
        }
        if let FieldKind::Table { columns, lines } = &field.kind {
            for line in 0..lines.len() {
                for (at, column) in columns.iter().enumerate() {
                    answers.set(&format!("{}.{line}.{}", field.path, column.id), &self.city.prose.cell[at % self.city.prose.cell.len()]);
                }
            }
            return;
        }
        if let Some(text) = self.template(&field.path).or_else(|| self.default(field)) {
            answers.set(&field.path, &text);
        }
    }

    fn default(&self, field: &Field) -> Option<String> {
        let option = |choice: usize, at: usize| self.pack.choices[choice].options.get(at).map(|word| word.id.clone());
        let begun = self.begun.day();
        Some(match &field.kind {
            FieldKind::Fact { kind: 0, input } => return self.fact(&self.pack.inputs[0][*input].meta.ty),
            FieldKind::Text { .. } => format!("{}内容", self.city.mark),
            FieldKind::LongText { min_chars, .. } => self.prose((*min_chars as usize).max(LONG_TEXT_CHARS)),
            FieldKind::Date => begun.to_string(),
            FieldKind::Month => begun.to_string()[..7].to_owned(),
            FieldKind::Money | FieldKind::Decimal => "10".to_owned(),
            FieldKind::Count | FieldKind::Score { .. } => "3".to_owned(),
            FieldKind::Share => "50".to_owned(),
            FieldKind::YesNo => "是".to_owned(),
            FieldKind::Choice(choice) => return option(*choice, 0),
            FieldKind::Choices(choice) => (0..3).filter_map(|at| option(*choice, at * 2)).collect::<Vec<_>>().join(","),
            FieldKind::Phone => "0000-1000000".to_owned(),
            FieldKind::Email => "demo@demo.invalid".to_owned(),
            FieldKind::CreditCode => self.enterprise.credit_code.clone(),
            FieldKind::Provider { .. } => self.provider.1.to_owned(),
            FieldKind::Fact { .. } | FieldKind::Table { .. } | FieldKind::Shown(_) => return None,
        })
    }

    fn fact(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::YesNo => Some("否".to_owned()),
            Type::Choice(choice) => self.pack.choices[*choice as usize].options.first().map(|word| word.id.clone()),
            Type::Date => Some(self.begun.day().to_string()),
            _ => None,
        }
    }

    fn prose(&self, chars: usize) -> String {
        let mut text = String::new();
        let mut paragraphs = self.city.prose.paragraphs.iter().cycle().skip(self.enterprise.at % self.city.prose.paragraphs.len());
        while text_chars(&text) < chars {
            text.extend(paragraphs.next().map(String::as_str));
            text.push('\n');
        }
        text
    }

    fn rows(&self, kind: &str, fields: &[Field], answers: &mut Answers) {
        let declared = self.city.row.iter().filter(|row| row.kind == kind);
        let rows: Vec<RowAnswers> = declared.map(|row| self.row(row, fields)).collect();
        if !rows.is_empty() {
            answers.rows.insert(kind.to_owned(), rows);
        }
    }

    fn row(&self, row: &Row, fields: &[Field]) -> RowAnswers {
        let mut texts: BTreeMap<String, String> = row.texts.clone();
        for field in fields {
            let name = field.path.split_once('.').map_or("", |(_, name)| name);
            if let Some(text) = self.template(&field.path) {
                texts.entry(name.to_owned()).or_insert(text.replace("{row}", &format!("{:0>3}", row.id)));
            }
        }
        if let Some(share) = row.share {
            let fen = self.enterprise.total_fen / 1_000 * share;
            texts.insert("amount".to_owned(), format!("{}.{:02}元", fen / 100, fen % 100));
        }
        RowAnswers { id: row.id.clone(), parent: row.parent.clone(), texts }
    }
}

fn state_row(stated: &mut Answers, kind: &str, row: &RowAnswers, name: &str, text: String) {
    let rows = stated.rows.entry(kind.to_owned()).or_default();
    if let Some(known) = rows.iter_mut().find(|known| known.id == row.id) {
        known.texts.insert(name.to_owned(), text);
        return;
    }
    rows.push(RowAnswers { id: row.id.clone(), parent: row.parent.clone(), texts: BTreeMap::from([(name.to_owned(), text)]) });
}
