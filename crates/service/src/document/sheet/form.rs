//! A whole form: title, cover, sections, promises, and the forms it is printed with.

use papers::paper::{Block, Cover, Level, Orientation, Paper};
use policy::pack::{Body, Form, Promise, Section};
use policy::spec::CoverLineSpec;
use standards::Date;

use super::{Sheet, materials, promise, rows, title};

impl Sheet<'_> {
    /// A form as a paper of its own, with the forms it is printed with.
    pub(crate) fn paper(&self, form: &Form) -> Paper {
        let print = &form.print;
        let mut blocks = self.signed_form(form, self.signed);
        for other in print.others.iter().filter_map(|other| self.pack.form(other)) {
            blocks.push(Block::PageBreak);
            // Somebody else signs it, on a day of its own.
            blocks.extend(self.signed_form(other, None));
        }
        Paper {
            title: title::title(self, form),
            annex: print.annex.clone(),
            number: None,
            cover: (!print.cover.is_empty()).then(|| self.cover(form)),
            orientation: self.orientation(form),
            blocks,
            check: None,
        }
    }

    fn orientation(&self, form: &Form) -> Orientation {
        let lies = form.print.landscape.unwrap_or_else(|| form.sections.iter().any(|section| self.is_wide(section)));
        if lies { Orientation::Landscape } else { Orientation::Portrait }
    }

    /// Whether its rows need a sheet on its side; tables that a document prints stand as they are printed.
    fn is_wide(&self, section: &Section) -> bool {
        let print = &section.print;
        let is_plain = print.official.is_empty() && print.table.is_empty() && !print.omit;
        is_plain && matches!(section.body, Body::Rows { kind, ref fields } if rows::is_wide(self, kind, fields))
    }

    /// What stands in a form, without its title.
    pub(crate) fn form(&self, form: &Form) -> Vec<Block> {
        self.signed_form(form, self.signed)
    }

    /// What stands in a form, without title, heading and promises.
    pub(super) fn sections(&self, form: &Form) -> Vec<Block> {
        form.sections.iter().filter(|section| self.applies(section)).flat_map(|section| self.section(section, None)).collect()
    }

    fn signed_form(&self, form: &Form, signed: Option<(&str, Date)>) -> Vec<Block> {
        let heading = form.print.heading.iter().map(|words| Block::Heading { level: Level::One, text: words.clone() });
        let mut blocks: Vec<Block> = heading.collect();
        let after = form.print.promises_after.as_ref().map(|id| id.value().as_str());
        let title = title::title(self, form);
        for section in form.sections.iter() {
            if self.applies(section) {
                let first = blocks.is_empty().then_some(title.as_str());
                blocks.extend(self.section(section, first));
            }
            if after == Some(section.id.as_str()) {
                blocks.extend(self.promises(form, signed));
            }
        }
        blocks.extend(form.print.materials.iter().flat_map(|print| materials::materials(self, print)));
        if after.is_none() {
            blocks.extend(self.promises(form, signed));
        }
        blocks
    }

    fn promises(&self, form: &Form, signed: Option<(&str, Date)>) -> Vec<Block> {
        let named = |one: &Promise| form.print.heading.as_ref().is_some_and(|heading| heading.contains(&one.label));
        let elsewhere = self.elsewhere.and_then(|all| all.get(&form.id)).map(|(who, on)| (who.as_str(), *on));
        let signed = |one: &Promise| elsewhere.or(signed.filter(|_| promise::is_given(self, one)));
        form.promises.iter().flat_map(|one| promise::promise(self, one, signed(one), !named(one))).collect()
    }

    fn cover(&self, form: &Form) -> Cover {
        let value = |path: &str| self.said_at(path);
        let entries = form.print.cover.iter();
        let words = |line: &CoverLineSpec| {
            let said = line.path.as_ref().map_or(String::new(), |path| value(path.value()));
            let parts = [said.as_str(), line.behind.as_deref().unwrap_or_default()];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("　")
        };
        let entries = entries.map(|line| (line.label.clone(), words(line)));
        let day = self.signed.map_or_else(|| "　　　年　　月　　日".to_owned(), |(_, day)| day.chinese());
        Cover { entries: entries.collect(), foot: form.print.cover_day.as_ref().map(|words| format!("{words}：{day}")) }
    }
}
