//! Each use case, called so that whoever is let in changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use records::access::Acting;
use records::answers::Answers;
use records::application::Official;
use records::organisation::OrganisationKind;
use records::product::{Offer, Price, ProductKind};
use service::application::{self, Audit, FillDraft, Wanted};
use service::batch::{self, Calling};
use service::document::{self, DocumentKind, Press};
use service::import::{self, AnswersAt, AnswersOf, Corrections, ManyOf, RowsOf, Table, Target};
use service::mandate::{self, Mandating};
use service::paper::Files;
use service::payment::{self, Banked, Listing};
use service::publicity::Announcing;
use service::{ApplicationSort, Page, ServiceError, dossier, ledger, organisation, pack_version, product, publicity};

use crate::city::{self, PROGRAMME};
use crate::world::{JOINT, PACK, World};

/// A version that nobody looked at.
const STALE: i64 = 99;

async fn joint(world: &World) -> i64 {
    if world.stale { STALE } else { world.city.version(&world.joint).await }
}

fn payments(world: &World) -> Target {
    Target::Payments { list: world.list.clone() }
}

fn enterprises() -> Target {
    Target::Organisations { kind: OrganisationKind::Enterprise }
}

/// A form of the file that is filled in.
fn answers(id: &str) -> AnswersOf {
    AnswersOf { application: id.to_owned(), stage: "apply".into(), at: AnswersAt::Form { form: "application".into() } }
}

/// What evaluators state of many files.
fn many() -> ManyOf {
    ManyOf { programme: PROGRAMME.into(), stage: "evaluation".into() }
}

/// A table with heads alone, of which nothing is taken in.
fn no_rows() -> Table {
    let heads = "单位名称,统一社会信用代码,所在地区".as_bytes().to_vec();
    Table { name: "表.csv".into(), bytes: std::sync::Arc::new(heads), digest: "0".repeat(64), corrections: Corrections::new() }
}

/// An offer of which nothing is said, so that it is refused.
fn nothing() -> Offer {
    let (name, summary) = (String::new(), String::new());
    let (scenarios, industries) = (BTreeSet::new(), BTreeSet::new());
    Offer { name, kind: ProductKind::Software, scenarios, industries, delivery: None, price: Price::Negotiable, summary }
}

/// Who is told that another version is on file was let in.
fn stale(done: Result<(), ServiceError>) -> Result<(), ServiceError> {
    if matches!(done, Err(ServiceError::Conflict)) { Ok(()) } else { done }
}

/// Calls a use case of the table.
pub async fn probe(world: &World, case: &str, who: &Acting) -> Result<(), ServiceError> {
    let (desk, id) = (world.city.desk(), world.id.as_str());
    let version = if world.stale { STALE } else { world.city.version(id).await };
    let official = Official::default;
    match case {
        "open" => application::open(&desk, who, id).await.map(drop),
        "timeline" => application::timeline(&desk, who, id).await.map(drop),
        "papers" => application::papers(&desk, who, id).await.map(drop),
        "draft" => application::draft(&desk, who, id, "apply").await.map(drop),
        "save_draft" => match application::save_draft(&desk, who, id, "apply", 99, &FillDraft::default()).await {
            Err(ServiceError::Conflict) => Ok(()),
            other => other.map(drop),
        },
        "prepare" => application::prepare(&desk, who, id, version, "apply").await,
        "sign" => application::sign(&desk, who, id, version, "apply").await.map(drop),
        "give_back" => application::give_back(&desk, who, id, version, "apply", "改").await,
        "withdraw" => application::withdraw(&desk, who, id, version, "不再申报").await,
        "approve" => application::approve(&desk, who, id, Some(version), "check", official()).await,
        "approve_many" => {
            let outcomes = application::approve_many(&desk, who, &[id.to_owned()], "check", &official()).await?;
            let refused = outcomes[0].refused.clone().unwrap_or_default();
            if refused.contains("没有权限") { Err(ServiceError::Forbidden) } else { Ok(()) }
        }
        "read_invoices" => application::read_invoices(&desk, who, id, "apply", "invoice", &[]).await.map(drop),
        "remarks" => application::remarks(&desk, &Press::default(), who, id, None).await.map(drop),
        "return" => application::return_for_correction(&desk, who, id, version, "check", city::points(), None).await,
        "refuse" => application::refuse(&desk, who, id, version, "check", Vec::new(), BTreeMap::new()).await,
        "official_draft" => application::official_draft(&desk, who, id, "check").await.map(drop),
        "save_official_draft" => match application::save_official_draft(&desk, who, id, "check", 99, &Answers::default()).await {
            Err(ServiceError::Conflict) => Ok(()),
            other => other.map(drop),
        },
        "skip" => application::skip(&desk, who, id, version, "supervision", "不需要").await,
        "assess" => application::assess(&desk, who, id, version, "evaluation", official()).await,
        "audit" => application::audit(&desk, who, id, version, "audit", Audit::default()).await,
        "assign" => application::assign(&desk, who, id, Some(version), "evaluation", "evaluator").await,
        "assignable" => application::assignable(&desk, who, OrganisationKind::Evaluator).await.map(drop),
        "declare" => application::declare(&desk, who, id, version, "evaluation", false, "").await,
        "claim_back" => application::claim_back(&desk, who, id, version, 0, "", "").await,
        "repay" => application::repay(&desk, who, id, version, 0, "").await,
        "open_joint" => application::open(&desk, who, &world.joint).await.map(drop),
        "join_draft" => application::join_draft(&desk, who, &world.joint, "join").await.map(drop),
        "join_problems" => application::join_problems(&desk, who, &world.joint, "join").await.map(drop),
        "save_join_draft" => match application::save_join_draft(&desk, who, &world.joint, "join", 99, &Answers::default()).await {
            Err(ServiceError::Conflict) => Ok(()),
            other => other.map(drop),
        },
        "prepare_join" => application::prepare_join(&desk, who, &world.joint, joint(world).await, "join").await,
        "join" => application::join(&desk, who, &world.joint, joint(world).await, "join").await,
        "decline_join" => application::decline_join(&desk, who, &world.joint, joint(world).await, "join", "").await,
        "remove_member" => application::remove_member(&desk, who, &world.joint, joint(world).await, "join", &"nobody".into()).await,
        "replace_member" => {
            let of = "nobody".into();
            application::replace_member(&desk, who, &world.joint, joint(world).await, "join", (&of, "")).await
        }
        // Of each a frame of its own: those of all of them together are too large for a thread of a test.
        other => Box::pin(of_offices(world, other, who)).await,
    }
}

/// What offices do with many files at once.
async fn of_offices(world: &World, case: &str, who: &Acting) -> Result<(), ServiceError> {
    let (desk, id) = (world.city.desk(), world.id.as_str());
    let wanted = Wanted::default();
    match case {
        "consortia" => application::consortia(&desk, who, JOINT, "joint").await.map(drop),
        "quotas" => application::quotas(&desk, who, PROGRAMME, "subsidy").await.map(drop),
        "batch_open" => {
            batch::open(&desk, who, &Calling { programme: PROGRAMME.into(), procedure: "subsidy".into(), ..Calling::default() })
                .await
                .map(drop)
        }
        "batch_extend" => batch::extend(&desk, who, &world.batch, "2026-01-01", "").await,
        "batch_close" => batch::close(&desk, who, &world.batch, "").await,
        "publicity_open" => {
            let said = Announcing {
                starts_on: "2026-02-02".into(),
                ends_on: "2026-02-12".into(),
                applications: vec![id.to_owned()],
                ..Announcing::default()
            };
            publicity::open(&desk, who, PROGRAMME, "subsidy", &said).await.map(drop)
        }
        "publicity_candidates" => publicity::candidates(&desk, who, PROGRAMME, "subsidy").await.map(drop),
        "settle" => publicity::settle(&desk, who, &world.publicity, &world.objection, Some(true), "是").await,
        "payment_prepare" => {
            let listing = Listing { programme: PROGRAMME.into(), label: "又一批".into(), applications: vec![id.to_owned()] };
            payment::prepare(&desk, who, &listing).await.map(drop)
        }
        "payment_candidates" => payment::candidates(&desk, who, PROGRAMME).await.map(drop),
        "payment_waiting" => payment::waiting_lists(&desk, who).await.map(drop),
        "payment_approve" => payment::approve(&desk, who, &world.list, 4).await,
        "payment_cancel" => payment::cancel(&desk, who, &world.list, 4, "").await,
        "payment_record_many" => payment::record_paid(&desk, who, &world.list, &[]).await,
        "objections" => publicity::overseen(&desk, who, &world.publicity).await.map(drop),
        "publicities_overseen" => publicity::all_overseen(&desk, who).await.map(drop),
        "payment_record" => payment::record(&desk, who, &world.list, id, Banked::Paid).await,
        "payment_list" => payment::payment_list(&desk, who, &world.list).await.map(drop),
        "mandate_grant" => mandate::grant(&desk, who, &Mandating::default()).await.map(drop),
        "mandate_withdraw" => mandate::withdraw(&desk, who, world.mandate.id.as_str()).await,
        "mandates" => mandate::mandates(&desk, who).await.map(drop),
        "organisation" => organisation::organisation(&desk, who, "enterprise").await.map(drop),
        "set_profile" => {
            let (version, own) = organisation::own(&desk, who).await?;
            organisation::set_profile(&desk, who, version, own.profile).await
        }
        "suspend" => organisation::suspend(&desk, who, "enterprise2", "").await,
        "restore" => organisation::restore(&desk, who, "enterprise2").await,
        "organisations" => organisation::organisations(&desk, who, None, "", Page::first(10)).await.map(drop),
        "dossier" => dossier::dossier(&desk, who, "enterprise", Page::first(10)).await.map(drop),
        "pack_versions" => pack_version::pack_versions(&desk, who).await.map(drop),
        "pack_version" => pack_version::pack_version(&desk, who, PROGRAMME, "1").await.map(drop),
        "pack_compiled" => pack_version::compiled(&desk, who, PROGRAMME, "1").await.map(drop),
        "pack_load" => pack_version::load(&desk, who, Vec::new()).await.map(drop),
        // Who may open it meets another version of the record than the one named.
        "pack_open" | "pack_open_admin" => match pack_version::open(&desk, who, PACK, "1", 99).await {
            Err(ServiceError::Conflict) => Ok(()),
            other => other,
        },
        "pack_withdraw" => pack_version::withdraw(&desk, who, PACK, "1", "").await,
        // Without fonts nothing is issued, which is said to whoever may have it.
        "issue_document" => document::issue(&desk, who, &Press::default(), id, &DocumentKind::Decision).await.map(drop),
        "issued_of_file" => document::issued_of_file(&desk, who, id).await.map(drop),
        "archive" => {
            let files = Files::open(&world.folder.join("files"), None).unwrap();
            document::archive(&desk, &files, who, &Press::default(), "enterprise").await.map(drop)
        }
        "issue_supervision" => document::issue_supervision(&desk, who, &Press::default(), PROGRAMME, "enterprise").await.map(drop),
        "issue_monthly" => document::issue_monthly(&desk, who, &Press::default(), PROGRAMME, city::day("2026-01-01")).await.map(drop),
        "issue_publicity" => document::issue_publicity(&desk, who, &Press::default(), &world.publicity).await.map(drop),
        "issue_payment_list" => document::issue_payment_list(&desk, who, &Press::default(), &world.list).await.map(drop),
        "decisions_of_list" => document::decisions_of_list(&desk, who, &Press::default(), &world.list).await.map(drop),
        // The files of this pack have no official table, which is said to whoever may have one.
        "tables_of_batch" => match document::tables_of_batch(&desk, who, &world.batch, "summary").await {
            Err(ServiceError::NotFound) => Ok(()),
            other => other.map(drop),
        },
        "verify" => ledger::verify_as(&desk, who).await.map(drop),
        "heads" => ledger::heads(&desk, who).await.map(drop),
        "applications" => application::applications(&desk, who, &wanted, ApplicationSort::Newest, Page::first(10)).await.map(drop),
        "dashboard" => application::dashboard(&desk, who, &wanted).await.map(drop),
        "inbox" => application::inbox(&desk, who, &wanted, Page::first(10)).await.map(drop),
        // The call has ended for all.
        "start" => application::start(&desk, who, &world.batch).await.map(drop),
        "start_elsewhere" => application::start(&desk, who, &world.roster_batch).await.map(drop),
        other => Box::pin(of_tables(world, other, who)).await,
    }
}

/// Tables in and out, and what providers offer.
async fn of_tables(world: &World, case: &str, who: &Acting) -> Result<(), ServiceError> {
    let (desk, id) = (world.city.desk(), world.id.as_str());
    match case {
        "import_template" => import::template(&desk, who, &enterprises()).await.map(drop),
        "import_preview" => import::preview(&desk, who, &enterprises(), &no_rows()).await.map(drop),
        "import_take_in" => import::take_in(&desk, who, &enterprises(), &no_rows(), None).await.map(drop),
        "import_listed" => import::listed(&desk, who).await.map(drop),
        "import_rows" => {
            let rows = RowsOf { application: id.to_owned(), stage: "apply".into(), form: "costs".into(), kind: "invoice".into() };
            import::take_in(&desk, who, &Target::Rows(rows), &no_rows(), None).await.map(drop)
        }
        "import_products" => {
            import::template(&desk, who, &Target::Products).await?;
            import::preview(&desk, who, &Target::Products, &no_rows()).await?;
            import::take_in(&desk, who, &Target::Products, &no_rows(), None).await.map(drop)
        }
        "products_out" => import::product_rows(&desk, who).await.map(drop),
        "product_own" => product::own(&desk, who, "", Page::first(10)).await.map(drop),
        "product_own_one" => product::own_one(&desk, who, &world.product).await.map(drop),
        "product_add" => product::add(&desk, who, nothing()).await.map(drop),
        "product_change" => stale(product::change(&desk, who, &world.product, 99, nothing()).await),
        "product_withdraw" => stale(product::withdraw(&desk, who, &world.product, 99, "").await),
        "products_overseen" => product::overseen(&desk, who, "", Page::first(10)).await.map(drop),
        "product_overseen_one" => product::overseen_one(&desk, who, &world.near).await.map(drop),
        "product_take_down" => stale(product::take_down(&desk, who, &world.near, Some(99), "x").await),
        "product_put_back" => stale(product::put_back(&desk, who, &world.product, 99).await),
        "answers_out" => import::answers_out(&desk, who, &answers(id), true).await.map(drop),
        "import_answers" => import::take_in(&desk, who, &Target::Answers(answers(id)), &no_rows(), None).await.map(drop),
        "import_stated" => {
            let of = AnswersOf { stage: "evaluation".into(), at: AnswersAt::Stage { work: "assess".into() }, ..answers(id) };
            import::take_in(&desk, who, &Target::Answers(of), &no_rows(), None).await.map(drop)
        }
        "many_out" => import::many_out(&desk, who, &many()).await.map(drop),
        "import_many" => import::take_in(&desk, who, &Target::ManyAnswers(many()), &no_rows(), None).await.map(drop),
        "import_payments" => import::take_in(&desk, who, &payments(world), &no_rows(), None).await.map(drop),
        "payments_out" => import::table_out(&desk, who, &payments(world)).await.map(drop),
        "roster_out" => import::roster_rows(&desk, who, PROGRAMME, "roster").await.map(drop),
        other => panic!("no use case {other}"),
    }
}
