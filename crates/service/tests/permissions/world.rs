//! A city with a file that has gone the whole way.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use records::access::Acting;
use records::account::Role;
use records::mandate::Mandate;
use records::publicity::Objecting;
use service::application::{self, FillDraft};
use service::batch;
use service::mandate::{self, Mandating};
use service::payment::{self, Banked, Listing};
use service::product::{self, Offering};
use service::{pack_version, publicity, time_limits};

use crate::city::{self, City, PROGRAMME, answers, name, person, row};

/// The programme of the consortium.
pub const JOINT: &str = "example-consortium";

/// A pack that waits to be opened.
pub const PACK: &str = "loaded";

/// What the probes are about.
pub struct World {
    pub city: City,
    pub id: String,
    pub batch: String,
    pub roster_batch: String,
    /// A consortium led by the enterprise, of which the other one is asked to be a member.
    pub joint: String,
    pub publicity: String,
    pub objection: String,
    pub list: String,
    pub mandate: Mandate,
    /// What the provider offers.
    pub product: String,
    /// What the other one offers, which lies in the city.
    pub near: String,
    pub folder: PathBuf,
    /// Whether the probes name a version of their file that nobody looked at.
    pub stale: bool,
}

impl Drop for World {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

pub async fn world(name: &str) -> World {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("permissions_{name}_{}", std::process::id()));
    let store = crate::engine::open(&folder).await;
    let mut city = City::new(store).await;
    let granted = mandate::grant(&city.desk(), &person("enterprise/manager"), &mandating()).await.unwrap();
    let id = city.ready("enterprise", "district").await;
    city.prepare(&person("enterprise"), &id, "apply", city::filled()).await.unwrap();
    city.sign("enterprise/certifier", &id, "apply").await.unwrap();
    city.decided(&id).await;
    city.on("2026-01-19");
    let publicity = city.publicise("subsidy", &[&id], "2026-01-26").await.unwrap();
    let said = Objecting { application: id.clone(), name: "某人".into(), contact: "电话".into(), text: "不实".into() };
    let objection = publicity::object(&city.desk(), &publicity, said).await.unwrap();
    publicity::settle(&city.desk(), &person("city"), &publicity, &objection, Some(false), "查无实据。").await.unwrap();
    city.on("2026-01-27");
    time_limits::elapse(&city.desk()).await.unwrap();
    let listing = Listing { programme: PROGRAMME.into(), label: "第一批".into(), applications: vec![id.clone()] };
    let list = payment::prepare(&city.desk(), &person("finance"), &listing).await.unwrap();
    for (version, approver) in [(1, "finance/certifier"), (2, "finance/certifier2")] {
        payment::approve(&city.desk(), &person(approver), &list, version).await.unwrap();
    }
    payment::record(&city.desk(), &person("finance"), &list, &id, Banked::Paid).await.unwrap();
    let batch = city.record(&id).await.1.batch.to_string();
    let roster_batch = city.call("roster").await;
    let pack = testkit::zipped(&testkit::new_pack(PACK, "1"));
    pack_version::load(&city.desk(), &person("administrator/manager"), pack).await.unwrap();
    let stored = city.store.record("mandate", &granted).await.unwrap().unwrap();
    let joint = joint(&city).await;
    let product = product::add(&city.desk(), &person("provider"), offering().read().unwrap()).await.unwrap();
    let near = product::add(&city.desk(), &person("provider2"), offering().read().unwrap()).await.unwrap();
    World {
        id,
        batch,
        roster_batch,
        joint,
        publicity,
        objection,
        list,
        mandate: serde_json::from_str(&stored.state).unwrap(),
        product,
        near,
        city,
        folder,
        stale: false,
    }
}

async fn joint(city: &City) -> String {
    let calling = batch::Calling {
        programme: JOINT.into(),
        procedure: "joint".into(),
        label: "第一批".into(),
        notice: "通知".into(),
        opens_on: city.now.day().to_string(),
        deadline_on: "2026-12-31".into(),
    };
    let calls = batch::open(&city.desk(), &person("city"), &calling).await.unwrap();
    let id = city.start(&person("enterprise"), &calls).await.unwrap();
    let mut filled = answers(&[("project.kind", "chain"), ("report.content", "建设产业协同平台。"), ("report.promise", "yes")]);
    filled.rows.insert("member".into(), vec![row("1", None, &[("name", &name("enterprise2"))])]);
    let draft = FillDraft { answers: filled, papers: BTreeMap::new() };
    application::save_draft(&city.desk(), &person("enterprise"), &id, "apply", 0, &draft).await.unwrap();
    application::prepare(&city.desk(), &person("enterprise"), &id, city.version(&id).await, "apply").await.unwrap();
    city.sign("enterprise/certifier", &id, "apply").await.unwrap();
    id
}

fn offering() -> Offering {
    Offering { name: "车间看板".into(), kind: "software".into(), scenarios: vec!["design".into()], ..Offering::default() }
}

fn mandating() -> Mandating {
    Mandating {
        provider: "provider".into(),
        programme: PROGRAMME.into(),
        procedures: vec!["subsidy".into()],
        from_on: "2026-01-05".into(),
        until_on: "2026-06-30".into(),
    }
}

/// Somebody of a column in a role; under a mandate nobody has another than to fill in.
pub fn acting(world: &World, who: &str, role: &str) -> Acting {
    if who == "mandate" {
        let roles = BTreeSet::from([Role::Handler]);
        return Acting { account: "provider-handler".into(), roles, mandate: Some(world.mandate.clone()), ..person("enterprise") };
    }
    person(&format!("{who}/{}", if role == "-" { "handler" } else { role }))
}
