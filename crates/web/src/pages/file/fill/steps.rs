//! The pages of a stage that is filled in: one for each form, one for papers, one to check everything.

use maud::{Markup, html};
use policy::pack::{Form, Pack};
use policy::spec::StageSpec;
use records::FieldError;

use crate::components::field;
use crate::sheet;

/// A page.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step<'a> {
    /// A form.
    Form(&'a Form),
    /// The papers.
    Papers,
    /// Check and hand in.
    Check,
}

impl Step<'_> {
    fn label(&self) -> &str {
        match self {
            Self::Form(form) => &form.label,
            Self::Papers => "上传材料",
            Self::Check => "核对并提交",
        }
    }

    /// The end of its address.
    fn end(&self) -> String {
        match self {
            Self::Form(form) => format!("form/{}", form.id),
            Self::Papers => "papers".to_owned(),
            Self::Check => "check".to_owned(),
        }
    }
}

/// The pages of a stage, in order.
#[derive(Clone, Debug)]
pub(crate) struct Steps<'a> {
    pack: &'a Pack,
    base: String,
    all: Vec<Step<'a>>,
}

impl<'a> Steps<'a> {
    /// The pages of a stage of a file.
    pub(crate) fn of(pack: &'a Pack, file: &str, stage: &StageSpec) -> Self {
        let forms = stage.forms.iter().filter_map(|form| pack.form(form)).map(Step::Form);
        let papers = (!stage.materials.is_empty()).then_some(Step::Papers);
        let all = forms.chain(papers).chain([Step::Check]).collect();
        Self { pack, base: format!("/files/{file}/fill/{}", stage.id), all }
    }

    /// The address of a page.
    pub(crate) fn address(&self, step: &Step) -> String {
        format!("{}/{}", self.base, step.end())
    }

    /// The address below which the pages are.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// The first page.
    pub(crate) fn first(&self) -> String {
        self.all.first().map_or(String::new(), |step| self.address(step))
    }

    /// The form of an id, if the stage has it.
    pub(crate) fn form(&self, id: &str) -> Option<&'a Form> {
        self.forms().find(|form| form.id == id)
    }

    /// The forms in order.
    pub(crate) fn forms(&self) -> impl Iterator<Item = &'a Form> {
        self.all.iter().filter_map(|step| match step {
            Step::Form(form) => Some(*form),
            _ => None,
        })
    }

    /// The page after this one; the last one stays.
    pub(crate) fn after(&self, step: &Step) -> String {
        let at = self.at(step);
        self.address(&self.all[(at + 1).min(self.all.len() - 1)])
    }

    /// The page before this one.
    pub(crate) fn before(&self, step: &Step) -> Option<String> {
        self.at(step).checked_sub(1).map(|at| self.address(&self.all[at]))
    }

    fn at(&self, step: &Step) -> usize {
        self.all.iter().position(|one| one.end() == step.end()).unwrap_or(0)
    }

    /// The page on which a message's field stands.
    fn page_of(&self, path: &str) -> Option<Step<'a>> {
        match path.starts_with("paper.") {
            true => Some(Step::Papers),
            false => self.forms().find(|form| sheet::holds(self.pack, form, path)).map(Step::Form),
        }
    }

    /// Messages by the page on which they are mended, each with the address of its field; first those of no page.
    pub(crate) fn by_page<'e>(&self, errors: &'e [FieldError]) -> Vec<(String, Vec<(&'e FieldError, String)>)> {
        let mut all = vec![(String::new(), Vec::new())];
        all.extend(self.all.iter().map(|step| (step.label().to_owned(), Vec::new())));
        for error in errors {
            let step = self.page_of(&error.path);
            let address = step.map(|step| format!("{}?check=1#{}", self.address(&step), field::id(&error.path)));
            let at = step.map_or(0, |step| self.at(&step) + 1);
            all[at].1.push((error, address.unwrap_or_default()));
        }
        all.retain(|(_, errors)| !errors.is_empty());
        all
    }

    /// All pages, to go from one to another.
    pub(crate) fn nav(&self, current: &Step) -> Markup {
        html! {
            nav.steps aria-label="填报内容" {
                ol {
                    @for step in &self.all {
                        li {
                            @if step.end() == current.end() { span aria-current="page" { (step.label()) } }
                            @else { a href=(self.address(step)) { (step.label()) } }
                        }
                    }
                }
            }
        }
    }
}
