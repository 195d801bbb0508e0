//! What a draw of experts was made from, kept so that anybody can repeat it.

use serde::{Deserialize, Serialize};

use crate::ids::{ApplicationId, OrganisationId};

/// A draw by a published seed. Nothing here says which of the experts scores which file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lots {
    /// The seed, as it was published.
    pub seed: String,
    /// Everybody who could be drawn, in the order of the identifiers' bytes.
    pub pool: Vec<OrganisationId>,
    /// How many were drawn; none: all took part, and the draw only put them in order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<usize>,
    /// The files that waited, in the order of the identifiers' bytes.
    pub files: Vec<ApplicationId>,
}
