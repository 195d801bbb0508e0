//! The draws a file's experts came from, for everybody who may see the file.

use insight::assignment::draw;
use records::access::{Acting, may_see};
use records::application::{Application, ApplicationEvent, Lots};
use records::{Moment, Noun as _};

use crate::application::seen;
use crate::desk::Desk;
use crate::{ServiceError, compiled_once};

/// A draw that was confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draw {
    /// When.
    pub at: Moment,
    /// What it was made from.
    pub lots: Lots,
    /// What it came to.
    pub order: Order,
}

/// What a draw comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// The experts who take part, in the order they were drawn.
    pub drawn: Vec<String>,
    /// Among equally good assignments the experts who took part go first in this order.
    pub experts: Vec<String>,
    /// And the files in this.
    pub files: Vec<String>,
}

/// The draws of a file in a stage, the last first. Applicants may know them: they name no expert.
///
/// # Errors
/// [`ServiceError::NotFound`] for a person who may not see the file, and where nobody reviews.
#[compiled_once]
pub async fn draws(desk: &Desk<'_>, acting: &Acting, id: &str, stage: &str) -> Result<Vec<Draw>, ServiceError> {
    let file = seen(desk, acting, id).await?;
    may_see(acting, file.state(), &file.pack, desk.today()).ok_or(ServiceError::NotFound)?;
    file.pack.review(stage).ok_or(ServiceError::NotFound)?;
    let mut all = Vec::new();
    for entry in desk.store.entries_of(Application::NOUN, id).await? {
        let event: ApplicationEvent = serde_json::from_str(&entry.event).map_err(|_| ServiceError::Broken)?;
        if let ApplicationEvent::ReviewersAssigned { stage: of, lots: Some(lots), at, .. } = event
            && of == stage
        {
            all.push(Draw { at, order: order(&lots), lots });
        }
    }
    all.reverse();
    Ok(all)
}

/// Draws once more.
pub fn order(lots: &Lots) -> Order {
    let again = |ids: &[String], count: usize| draw(ids, count, &lots.seed).unwrap_or_default();
    let pool: Vec<String> = lots.pool.iter().map(ToString::to_string).collect();
    let files: Vec<String> = lots.files.iter().map(ToString::to_string).collect();
    let drawn = lots.count.map_or(Vec::new(), |count| again(&pool, count));
    let experts = if lots.count.is_some() { again(&drawn, drawn.len()) } else { again(&pool, pool.len()) };
    Order { experts, files: again(&files, files.len()), drawn }
}
