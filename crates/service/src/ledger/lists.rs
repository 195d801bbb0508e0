//! Whether lists say of each record what its state says.

use std::collections::BTreeMap;

use records::ids::OrganisationId;
use records::organisation::Organisation;
use store::{Difference, RowFault};

use super::replay::{Replay, Replayed, differs, replayed};
use super::standings;
use super::verifiable::{Around, Verifiable};
use crate::ServiceError;
use crate::on_file::load_all;

impl Replay<'_> {
    /// Holds the list rows of some records against them. Whoever was changed between the two readings is looked at again.
    pub(super) async fn lists<N: Verifiable>(&mut self, mut page: Vec<Replayed<N>>) -> Result<(), ServiceError> {
        while !page.is_empty() {
            let found = self.differing(&page).await?;
            self.verified.listed += page.len() - found.len();
            let mut again = Vec::new();
            for (at, said) in found {
                let one = &page[at];
                match self.store.record(N::NOUN, &one.id).await? {
                    Some(now) if now.version != one.version => again.push(now),
                    _ => said.into_iter().for_each(|said| self.verified.say(format!("{} {} {said}", N::NOUN, one.id))),
                }
            }
            page = Vec::with_capacity(again.len());
            for record in again {
                let id = record.id.clone();
                match replayed::<N>(self.store, record).await?.1 {
                    Some(fresh) => page.push(fresh),
                    None => self.verified.say(differs::<N>(&id)),
                }
            }
        }
        Ok(())
    }

    /// What is wrong with the list rows of each of these records, by its place among them.
    async fn differing<N: Verifiable>(&self, page: &[Replayed<N>]) -> Result<BTreeMap<usize, Vec<String>>, ServiceError> {
        let organisations = self.named(page).await?;
        let (mut found, mut indexes, mut places) = (BTreeMap::<usize, Vec<String>>::new(), Vec::new(), Vec::new());
        for (at, one) in page.iter().enumerate() {
            match one.state.rows(&Around { library: self.library, organisations: &organisations, changed_at: one.changed_at }) {
                Ok(index) => {
                    indexes.push(index);
                    places.push(at);
                }
                Err(why) => found.entry(at).or_default().push(why),
            }
        }
        for difference in self.store.index_differences(indexes).await? {
            let at = places[difference.at];
            if !self.is_held_before(&page[at].state, &difference).await? {
                found.entry(at).or_default().push(sentence(&difference));
            }
        }
        Ok(found)
    }

    async fn named<N: Verifiable>(&self, page: &[Replayed<N>]) -> Result<BTreeMap<OrganisationId, Organisation>, ServiceError> {
        let mut ids: Vec<String> = page.iter().filter_map(|one| one.state.names()).map(ToString::to_string).collect();
        ids.sort_unstable();
        ids.dedup();
        let all = load_all::<Organisation>(self.store, &ids).await?;
        Ok(all.into_iter().map(|one| (one.id.clone(), one)).collect())
    }

    async fn is_held_before<N: Verifiable>(&self, state: &N, difference: &Difference) -> Result<bool, ServiceError> {
        match state.gives() {
            Some(given) if difference.table == "standing" && difference.fault == RowFault::Columns(vec!["since_on"]) => {
                standings::is_held_before(self.store, &given).await
            }
            _ => Ok(false),
        }
    }
}

fn sentence(difference: &Difference) -> String {
    let Difference { table, key, fault, .. } = difference;
    match fault {
        RowFault::Missing => format!("的列表缺少 {table} {key}"),
        RowFault::Extra => format!("的列表多出 {table} {key}"),
        RowFault::Columns(columns) => format!("的列表与档案不一致：{table} {key} 的 {}", columns.join("、")),
    }
}
