//! What the providers of the city offer.

use records::Moment;
use records::account::Role;
use serde::Deserialize;
use service::product::{self, Offering};

use crate::city::City;
use crate::people::People;
use crate::{DemoError, Ground};

const MINUTE_MS: i64 = 60 * 1000;

/// A product as it stands in the city's file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Offered {
    /// Whose it is, by its place among the providers from 0.
    provider: usize,
    name: String,
    kind: String,
    scenarios: Vec<String>,
    #[serde(default)]
    industries: Vec<u8>,
    #[serde(default)]
    delivery: String,
    /// Least, most and for what; none where it is agreed on.
    price: Option<[String; 3]>,
    summary: String,
    /// Why it was taken out again.
    withdrawn: Option<String>,
}

impl Offered {
    fn offering(&self) -> Offering {
        let [price_from, price_to, price_per] = self.price.clone().unwrap_or_default();
        Offering {
            name: self.name.clone(),
            kind: self.kind.clone(),
            scenarios: self.scenarios.clone(),
            industries: self.industries.iter().map(u8::to_string).collect(),
            delivery: self.delivery.clone(),
            price_from,
            price_to,
            price_per,
            summary: self.summary.clone(),
        }
    }
}

/// Each provider says what it offers, one after the other.
pub(crate) async fn offer(ground: &Ground<'_>, city: &City, people: &People) -> Result<(), DemoError> {
    for (offered, minute) in city.product.iter().zip(0..) {
        let desk = ground.desk(Moment(ground.now.0 + minute * MINUTE_MS));
        let who = people.provider(offered.provider, Role::Handler);
        let id = product::add(&desk, &who, offered.offering().read()?).await?;
        if let Some(reason) = &offered.withdrawn {
            product::withdraw(&desk, &who, &id, 1, reason).await?;
        }
    }
    Ok(())
}
