//! 授权代办: an enterprise lets a provider's clerks fill in its papers.

use records::access::Acting;
use records::account::Role;
use records::mandate::{Granting, Mandate, MandateEvent};
use records::organisation::OrganisationKind;
use records::{FieldError, Refusal};
use standards::Date;
use store::MandateFilter;

use crate::desk::{Desk, day, known, not_mandated, only};
use crate::on_file::{self, OnFile, commit, demand};
use crate::{ServiceError, compiled_once};

/// What a mandate is to say, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mandating {
    /// The provider, by id.
    pub provider: String,
    /// The programme.
    pub programme: String,
    /// The procedures.
    pub procedures: Vec<String>,
    /// First day.
    pub from_on: String,
    /// Last day.
    pub until_on: String,
}

/// Grants a mandate; answers its id.
#[compiled_once]
pub async fn grant(desk: &Desk<'_>, acting: &Acting, said: &Mandating) -> Result<String, ServiceError> {
    only(acting.kind == OrganisationKind::Enterprise && acting.is(Role::Manager))?;
    not_mandated(acting)?;
    let provider = desk.store.organisation(&said.provider).await?.filter(|row| row.kind == "provider" && row.state == "active");
    let pack = desk.library.pack(&said.programme);
    let (from_on, until_on) = (Date::parse(&said.from_on), Date::parse(&said.until_on));
    let (Some(provider), Some(pack), Ok(from_on), Ok(until_on)) = (provider, pack, from_on, until_on) else {
        return Err(unread(said, desk).await?.into());
    };
    let procedures = said.procedures.iter().filter(|id| pack.procedure(id).is_some()).cloned().collect();
    let granting = Granting {
        enterprise: acting.organisation.clone(),
        provider: provider.id.as_str().into(),
        programme: pack.id.clone(),
        procedures,
        from_on,
        until_on,
    };
    let id = desk.edge.id();
    let events = Mandate::grant(id.as_str().into(), granting, desk.today())?;
    save(desk, acting, &id, None, &events).await?;
    Ok(id)
}

/// What could not be read, field by field.
async fn unread(said: &Mandating, desk: &Desk<'_>) -> Result<Refusal, ServiceError> {
    let provider = desk.store.organisation(&said.provider).await?.is_some_and(|row| row.kind == "provider" && row.state == "active");
    let date = |path: &str, label: &str, text: &str| day((path, label, text)).err().map(|error| error.message);
    let wrong = [
        ("provider", (!provider).then(|| "请选择服务商。".to_owned())),
        ("programme", desk.library.pack(&said.programme).is_none().then(|| "请选择政策项目。".to_owned())),
        ("procedures", said.procedures.is_empty().then(|| "请选择授权代办的事项。".to_owned())),
        ("from_on", date("from_on", "开始日期", &said.from_on)),
        ("until_on", date("until_on", "截止日期", &said.until_on)),
    ];
    let errors = wrong.into_iter().filter_map(|(path, message)| Some(FieldError::new(path, message?)));
    Ok(Refusal::fields(errors.collect()))
}

/// Withdraws a mandate; whoever acts under it stops at once.
#[compiled_once]
pub async fn withdraw(desk: &Desk<'_>, acting: &Acting, id: &str) -> Result<(), ServiceError> {
    not_mandated(acting)?;
    only(acting.is(Role::Manager))?;
    let mandate = demand::<Mandate>(desk.store, id).await?;
    known(mandate.state.enterprise == acting.organisation)?;
    let events = mandate.state.withdraw(desk.today())?;
    save(desk, acting, id, Some(&mandate), &events).await
}

/// The mandates an organisation granted or holds.
#[compiled_once]
pub async fn mandates(desk: &Desk<'_>, acting: &Acting) -> Result<Vec<Mandate>, ServiceError> {
    not_mandated(acting)?;
    let own = Some(acting.organisation.to_string());
    let filter = match acting.kind {
        OrganisationKind::Enterprise => MandateFilter { enterprise: own, ..MandateFilter::default() },
        OrganisationKind::Provider => MandateFilter { provider: own, ..MandateFilter::default() },
        _ => return Err(ServiceError::Forbidden),
    };
    let mut all = Vec::new();
    for row in desk.store.mandates(&filter).await? {
        all.push(demand::<Mandate>(desk.store, &row.id).await?.state);
    }
    Ok(all)
}

async fn save(
    desk: &Desk<'_>,
    acting: &Acting,
    id: &str,
    before: Option<&OnFile<Mandate>>,
    events: &[MandateEvent],
) -> Result<(), ServiceError> {
    let change = on_file::change(id, before, events)?;
    desk.store.commit(&commit(acting.by(), desk.edge.now, vec![change])).await?;
    Ok(())
}
