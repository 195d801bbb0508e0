//! A plausible, fictional city: organisations, people and files in every state, made by the use cases themselves.
//!
//! Invariant: nothing is written past the use cases but what registers and signs in organisations; so whatever the demo
//! shows, the platform can do. The city, its programme and every text stand in `data/city.toml`.

mod answers;
mod chance;
mod city;
mod enterprise;
mod paper;
mod people;
mod products;
mod rounds;
mod work;

pub use city::{City, CityError};
pub use people::DemoPerson;

use policy::library::Library;
use records::Moment;
use service::paper::Blobs;
use service::{Desk, Edge, ServiceError};
use store::Store;

/// Why no demo city could be made.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The city's data cannot be read.
    #[error("演示数据无法读取：{0}")]
    City(#[from] CityError),
    /// The database holds something already.
    #[error("数据目录中已有数据，演示数据只能生成在空的数据目录中")]
    NotEmpty,
    /// A use case refused what the data asks for.
    #[error("生成演示数据时：{0}")]
    Service(#[from] ServiceError),
    /// The database failed.
    #[error(transparent)]
    Store(#[from] store::StoreError),
}

/// Where a demo city is made.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// An empty database.
    pub store: &'a Store,
    /// Where contents of papers are kept.
    pub blobs: &'a Blobs,
    /// The packs, the city's programme among them.
    pub library: &'a Library,
    /// Fills the slice from the operating system's random source.
    pub random: fn(&mut [u8]),
    /// Now; the city's dates count from it.
    pub now: Moment,
}

impl<'a> Ground<'a> {
    /// A desk at some moment.
    pub(crate) fn desk(&self, now: Moment) -> Desk<'a> {
        Desk { store: self.store, library: self.library, edge: Edge { now, random: self.random, origin: "http://127.0.0.1" } }
    }
}

/// Makes the city; `told` hears how far it is.
///
/// # Errors
/// The database is not empty, or a use case refused what the data asks for.
pub async fn make(ground: &Ground<'_>, city: &City, told: &mut dyn FnMut(&str)) -> Result<(), DemoError> {
    if !ground.store.chains().await?.is_empty() {
        return Err(DemoError::NotEmpty);
    }
    let people = people::settle(ground, city).await?;
    told("单位和人员已建立");
    rounds::run(ground, city, &people, told).await?;
    products::offer(ground, city, &people).await?;
    told("数字化产品已发布");
    Ok(())
}

/// Whether the database holds this city already.
///
/// # Errors
/// It holds something else, or cannot be read.
pub async fn is_made(ground: &Ground<'_>) -> Result<bool, DemoError> {
    if ground.store.chains().await?.is_empty() {
        return Ok(false);
    }
    let first = ground.store.organisation(&people::provider_id(0)).await?;
    first.map(|_| true).ok_or(DemoError::NotEmpty)
}

/// Who may be signed in as by one click: one person of each office, an enterprise and a provider.
pub fn people(city: &City) -> Vec<DemoPerson> {
    people::offered(city)
}
