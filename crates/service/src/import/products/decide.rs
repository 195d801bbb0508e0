//! What products change, looked at beside what is on file, some hundreds at a time.

use std::collections::{BTreeMap, BTreeSet};

use papers::sheet_in::Problem;
use records::organisation::{Organisation, OrganisationKind};
use records::product::{Product, ProductEvent, key};
use standards::text::squash;
use store::OrganisationRow;

use super::entries::Entry;
use crate::ServiceError;
use crate::import::decide::{Decided, Outcome};
use crate::import::taking::Taking;
use crate::on_file::{self, OnFile};

/// How a table of products is decided on.
pub(in crate::import) struct Deciding<'a> {
    pub(in crate::import) taking: Taking<'a>,
    pub(in crate::import) all: Vec<Entry>,
    /// The person's own organisation, where the table is of its products alone.
    pub(super) own: Option<Box<Organisation>>,
}

/// What is on file of the providers and products of a part.
#[derive(Default)]
struct Known {
    /// By credit code.
    providers: BTreeMap<String, OrganisationRow>,
    /// Ids of those that somebody acts for.
    peopled: BTreeSet<String>,
    /// By provider and name.
    products: BTreeMap<(String, String), OnFile<Product>>,
}

impl Deciding<'_> {
    /// Decides on a part.
    pub(in crate::import) async fn part(&self, part: &[Entry]) -> Result<Decided, ServiceError> {
        let known = self.known(part).await?;
        let mut decided = Decided::default();
        for entry in part {
            let outcome = match self.provider(entry, &known) {
                Ok(provider) => Ok(self.one(entry, &provider, &known, &mut decided)?),
                Err(problem) => Err(problem),
            };
            decided.note(outcome);
        }
        Ok(decided)
    }

    async fn known(&self, part: &[Entry]) -> Result<Known, ServiceError> {
        let store = self.taking.desk.store;
        let mut known = Known::default();
        if self.own.is_none() {
            let codes: BTreeSet<String> = part.iter().map(|entry| entry.code.clone()).collect();
            let rows = store.organisations_of_codes(&codes.into_iter().collect::<Vec<_>>()).await?;
            known.providers = rows.into_iter().filter_map(|row| Some((row.credit_code.clone()?, row))).collect();
        }
        let own = self.own.iter().map(|own| own.id.to_string());
        let ids: Vec<String> = known.providers.values().map(|row| row.id.clone()).chain(own).collect();
        let of = |entry: &Entry| match &self.own {
            Some(own) => Some(own.id.to_string()),
            None => known.providers.get(&entry.code).map(|row| row.id.clone()),
        };
        let wanted: BTreeSet<_> = part.iter().filter_map(|entry| Some((of(entry)?, key(&entry.said.name)))).collect();
        let rows = store.products_named(&wanted.into_iter().collect::<Vec<_>>()).await?;
        let found: Vec<String> = rows.into_iter().map(|row| row.id).collect();
        for product in on_file::load_many::<Product>(store, &found).await? {
            known.products.insert((product.state.provider.to_string(), key(&product.state.offer.name)), product);
        }
        known.peopled = store.with_people(&ids).await?;
        Ok(known)
    }

    /// The id of the provider a row is about.
    fn provider(&self, entry: &Entry, known: &Known) -> Result<String, Problem> {
        if let Some(own) = &self.own {
            return self.by_itself(entry, own);
        }
        let Some(row) = known.providers.get(&entry.code) else {
            let remedy = "请核对代码；没有登记的服务商，请先用“服务商基本情况”导入";
            return Err(self.problem(entry, "code", &entry.code, "该服务商没有在平台登记", remedy));
        };
        if OrganisationKind::parse(&row.kind) != Some(OrganisationKind::Provider) {
            let what = format!("该代码登记的单位“{}”不是服务商", row.name);
            return Err(self.problem(entry, "code", &entry.code, &what, "请核对代码；产品只能由服务商提供"));
        }
        if !self.taking.acting.covers(&row.place) {
            let remedy = "请选择“不导入本行”或者从表中删除该行；该服务商可以自行发布产品";
            return Err(self.problem(entry, "code", &entry.code, "该服务商所在地区不由本部门负责", remedy));
        }
        if squash(&row.name) != squash(&entry.provider) {
            let what = format!("该代码在平台登记的名称是“{}”", row.name);
            return Err(self.problem(entry, "provider", &entry.provider, &what, "请核对名称和代码，按登记的名称填写"));
        }
        Ok(row.id.clone())
    }

    fn by_itself(&self, entry: &Entry, own: &Organisation) -> Result<String, Problem> {
        if !entry.code.is_empty() && Some(&entry.code) != own.credit_code.as_ref() {
            return Err(self.problem(entry, "code", &entry.code, "不是本单位的统一社会信用代码", "请改为本单位的代码，或者留空"));
        }
        if !entry.provider.is_empty() && squash(&entry.provider) != squash(&own.name) {
            let what = format!("不是本单位的名称（{}）", own.name);
            return Err(self.problem(entry, "provider", &entry.provider, &what, "请改为本单位的名称，或者留空"));
        }
        Ok(own.id.to_string())
    }

    fn problem(&self, entry: &Entry, name: &str, text: &str, what: &str, remedy: &str) -> Problem {
        self.taking.problem(entry.row, name, text, what, remedy)
    }

    /// What a provider maintains itself stays; what it does not have yet is entered.
    fn one(&self, entry: &Entry, provider: &str, known: &Known, decided: &mut Decided) -> Result<Outcome, ServiceError> {
        let before = known.products.get(&(provider.to_owned(), key(&entry.said.name)));
        let offer = entry.said.over(before.map(|before| &before.state.offer));
        let (id, event, outcome) = match before {
            Some(before) if before.state.offer == offer => return Ok(Outcome::Same),
            Some(_) if self.own.is_none() && known.peopled.contains(provider) => return Ok(Outcome::Kept),
            Some(before) => (before.state.id.clone(), ProductEvent::Changed { offer }, Outcome::Changed),
            None => {
                let id = records::ids::ProductId::from(self.taking.desk.edge.id());
                let added = ProductEvent::Added { id: id.clone(), provider: provider.into(), offer, on: self.taking.desk.today() };
                (id, added, Outcome::New)
            }
        };
        decided.platform.push(on_file::change(id.as_str(), before, &[event])?);
        Ok(outcome)
    }
}
