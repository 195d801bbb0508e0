//! Named views of a list: a set of filters that a person comes back to. They are the person's own and in no journal.

use records::access::Acting;
use records::{FieldError, Refusal};
use store::{Draft, DraftKey};

use crate::desk::Desk;
use crate::{ServiceError, compiled_once};

/// The word the drafts have for views.
const NOUN: &str = "view";
/// Views of one person.
pub const VIEWS_MAX: usize = 30;
/// Characters of a view's name.
pub const NAME_MAX_CHARS: usize = 30;
/// Bytes of what stands after the question mark.
const QUERY_MAX_BYTES: usize = 2_000;

/// A named view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// What the person called it.
    pub name: String,
    /// What stands after the question mark of the list's address.
    pub query: String,
}

/// The views of a person, by name.
#[compiled_once]
pub async fn saved_views(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<SavedView>, ServiceError> {
    let drafts = desk.store.drafts(NOUN, acting.account.as_str()).await?;
    Ok(drafts.into_iter().map(|draft| SavedView { name: draft.part, query: draft.body }).collect())
}

/// Keeps a view under a name, over one of the same name.
///
/// # Errors
/// The name is empty or too long, or there are as many views as there may be.
#[compiled_once]
pub async fn save_view(desk: &Desk<'_>, acting: &Acting, name: &str, query: &str) -> Result<(), ServiceError> {
    let (name, known) = (name.trim(), saved_views(desk, acting).await?);
    let wrong = |message: String| Err(Refusal::fields(vec![FieldError::new("name", message)]).into());
    if name.is_empty() || name.chars().count() > NAME_MAX_CHARS {
        return wrong(format!("请填写视图名称，最多{NAME_MAX_CHARS}字。"));
    }
    if query.len() > QUERY_MAX_BYTES {
        return wrong("筛选条件过长，请减少后再保存。".to_owned());
    }
    let replaced = known.iter().any(|view| view.name == name);
    if !replaced && known.len() >= VIEWS_MAX {
        return wrong(format!("最多保存{VIEWS_MAX}个视图，请先删除不用的视图。"));
    }
    put(desk, acting, name, query).await
}

async fn put(desk: &Desk<'_>, acting: &Acting, name: &str, query: &str) -> Result<(), ServiceError> {
    let account = acting.account.to_string();
    let kept = desk.store.draft(NOUN, &account, name).await?;
    let draft = Draft {
        noun: NOUN.to_owned(),
        record_id: account.clone(),
        part: name.to_owned(),
        account,
        version: kept.map_or(0, |kept| kept.version),
        body: query.to_owned(),
        at_unix_ms: desk.edge.now.0,
    };
    desk.store.put_draft(&draft).await?;
    Ok(())
}

/// Drops a view; one that is gone stays gone.
#[compiled_once]
pub async fn drop_view(desk: &Desk<'_>, acting: &Acting, name: &str) -> Result<(), ServiceError> {
    let key = DraftKey { noun: NOUN.to_owned(), record_id: acting.account.to_string(), part: Some(name.to_owned()) };
    Ok(desk.store.drop_draft(key).await?)
}
