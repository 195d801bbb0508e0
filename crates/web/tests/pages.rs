//! The site from outside: what each address answers, that nothing typed is lost, that links reopen.
#![allow(clippy::unwrap_used)]

mod simulation;
mod site;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use site::{Site, form};

const ASSESSMENT: &str = "/programmes/miit-2024/assessment";
const CALCULATOR: &str = "/programmes/demo/calculator";

/// Every route × what an anonymous visitor gets. A new route belongs here.
const ROUTES: &[(&str, &str, u16)] = &[
    ("GET", "/", 200),
    ("HEAD", "/", 200),
    ("POST", "/", 405),
    ("GET", "/programmes/miit-2024", 200),
    ("GET", "/programmes/miit-2024?version=2024", 200),
    ("GET", "/programmes/miit-2024?version=1999", 404),
    ("GET", "/programmes/hohhot-subsidy", 200),
    ("GET", "/programmes/none", 404),
    ("POST", "/programmes/miit-2024", 405),
    ("GET", "/programmes/miit-2024/assessment", 200),
    ("GET", "/programmes/hohhot-subsidy/assessment", 200),
    ("GET", "/programmes/none/assessment", 404),
    ("GET", "/programmes/miit-2024/assessment?from=none", 404),
    ("POST", "/programmes/miit-2024/assessment", 422),
    ("PUT", "/programmes/miit-2024/assessment", 405),
    ("GET", "/programmes/miit-2024/assessment/score", 405),
    ("POST", "/programmes/miit-2024/assessment/score", 200),
    ("GET", "/programmes/demo/calculator", 200),
    ("GET", "/programmes/demo/calculator?from=none", 404),
    ("GET", "/programmes/miit-2024/calculator", 404),
    ("POST", "/programmes/demo/calculator", 422),
    ("DELETE", "/programmes/demo/calculator", 405),
    ("GET", "/programmes/demo/simulation", 200),
    ("GET", "/programmes/demo/simulation?set.standard.1.cap=40", 200),
    ("GET", "/programmes/demo/simulation?version=1999", 404),
    ("GET", "/programmes/miit-2024/simulation", 404),
    ("GET", "/programmes/none/simulation", 404),
    ("POST", "/programmes/demo/simulation", 422),
    ("PUT", "/programmes/demo/simulation", 405),
    ("GET", "/programmes/demo/simulation/template.csv", 200),
    ("GET", "/programmes/miit-2024/simulation/template.csv", 404),
    ("POST", "/programmes/demo/simulation/template.csv", 405),
    ("GET", "/results", 303),
    ("POST", "/results", 422),
    ("GET", "/results/0123456789abcdefghjkmnpqrstvwxyz", 404),
    ("GET", "/results/%FF", 404),
    ("POST", "/results/0123456789abcdefghjkmnpqrstvwxyz", 405),
    ("GET", "/sign-in", 200),
    ("GET", "/sign-in?next=//evil.example", 200),
    ("POST", "/sign-in", 403),
    ("GET", "/sign-in/second-factor", 303),
    ("POST", "/sign-in/second-factor", 403),
    ("GET", "/sign-in/set-up", 303),
    ("POST", "/sign-in/set-up", 403),
    ("GET", "/sign-out", 405),
    ("POST", "/sign-out", 403),
    ("GET", "/register", 200),
    ("GET", "/register?sent=1", 200),
    ("POST", "/register", 403),
    ("GET", "/verify-email/0123456789abcdefghjkmnpqrstvwxyz", 410),
    ("POST", "/verify-email/0123456789abcdefghjkmnpqrstvwxyz", 403),
    ("GET", "/forgot-password", 200),
    ("POST", "/forgot-password", 403),
    ("GET", "/reset-password/0123456789abcdefghjkmnpqrstvwxyz", 410),
    ("POST", "/reset-password/0123456789abcdefghjkmnpqrstvwxyz", 403),
    ("GET", "/invitations/0123456789abcdefghjkmnpqrstvwxyz", 410),
    ("GET", "/invitations/x", 410),
    ("POST", "/invitations/0123456789abcdefghjkmnpqrstvwxyz", 403),
    ("GET", "/set-up", 200),
    ("POST", "/set-up", 403),
    ("GET", "/organisations/choose", 303),
    ("POST", "/organisations/choose", 403),
    ("GET", "/people", 303),
    ("POST", "/people", 401),
    ("POST", "/people/withdraw", 401),
    ("POST", "/people/x/roles", 401),
    ("POST", "/people/x/remove", 401),
    ("POST", "/people/x/second-factor", 401),
    ("GET", "/batches/x/start", 405),
    ("POST", "/batches/x/start", 401),
    ("GET", "/files/x/fill", 303),
    ("GET", "/files/x/fill/y/form/z", 303),
    ("POST", "/files/x/fill/y/form/z", 401),
    ("GET", "/files/x/fill/y/form/z/draft", 405),
    ("POST", "/files/x/fill/y/form/z/draft", 401),
    ("GET", "/files/x/fill/y/papers", 303),
    ("POST", "/files/x/fill/y/papers", 401),
    ("GET", "/files/x/fill/y/check", 303),
    ("POST", "/files/x/fill/y/check", 401),
    ("GET", "/files/x/fill/y/sign", 303),
    ("POST", "/files/x/fill/y/sign", 401),
    ("GET", "/files/x/fill/y/receipt", 303),
    ("POST", "/files/x/withdraw", 401),
    ("GET", "/calls", 200),
    ("GET", "/calls/x", 404),
    ("POST", "/calls", 405),
    ("GET", "/publicity", 200),
    ("GET", "/publicity/x", 404),
    ("POST", "/publicity/x/objections", 403),
    ("GET", "/publicity/x/objections/y", 404),
    ("GET", "/conduct/batches", 303),
    ("POST", "/conduct/batches", 401),
    ("GET", "/conduct/batches/new", 303),
    ("GET", "/conduct/batches/x", 303),
    ("POST", "/conduct/batches/x/extend", 401),
    ("POST", "/conduct/batches/x/close", 401),
    ("GET", "/conduct/publicity", 303),
    ("POST", "/conduct/publicity", 401),
    ("GET", "/conduct/publicity/new", 303),
    ("GET", "/conduct/publicity/x", 303),
    ("POST", "/conduct/publicity/x/objections/y", 401),
    ("GET", "/conduct/payments", 303),
    ("POST", "/conduct/payments", 401),
    ("GET", "/conduct/payments/new", 303),
    ("GET", "/conduct/payments/x", 303),
    ("GET", "/conduct/payments/x/list.csv", 303),
    ("GET", "/conduct/payments/x/list.xlsx", 303),
    ("GET", "/conduct/payments/x/results", 303),
    ("POST", "/conduct/payments/x/results", 401),
    ("POST", "/conduct/payments/x/approve", 401),
    ("POST", "/conduct/payments/x/cancel", 401),
    ("POST", "/conduct/payments/x/paid", 401),
    ("POST", "/conduct/payments/x/failed/y", 401),
    ("GET", "/organisations", 303),
    ("POST", "/organisations", 401),
    ("GET", "/organisations/new", 303),
    ("GET", "/organisations/x", 303),
    ("POST", "/organisations/x/suspend", 401),
    ("POST", "/organisations/x/restore", 401),
    ("GET", "/admin", 303),
    ("GET", "/home", 303),
    ("GET", "/profile", 303),
    ("POST", "/profile", 401),
    ("GET", "/mandates", 303),
    ("POST", "/mandates", 401),
    ("POST", "/mandates/x/withdraw", 401),
    ("GET", "/notices", 303),
    ("POST", "/notices/read", 401),
    ("GET", "/notices/open?id=x", 303),
    ("GET", "/programmes/demo/forms/x/blank.pdf", 404),
    ("GET", "/programmes/demo/forms/x/blank.docx", 404),
    ("GET", "/programmes/demo/forms/x/answers.xlsx", 404),
    ("GET", "/programmes/demo/forms/x/rows/y/template.xlsx", 404),
    ("GET", "/assets/site.css", 404),
    ("GET", "/desk", 303),
    ("POST", "/desk", 405),
    ("POST", "/desk/bulk", 401),
    ("GET", "/desk/files", 303),
    ("GET", "/desk/files.csv", 303),
    ("GET", "/desk/files.xlsx", 303),
    ("POST", "/desk/views", 401),
    ("GET", "/desk/dashboard", 303),
    ("GET", "/desk/calendar", 303),
    ("GET", "/desk/own", 303),
    ("GET", "/ledger", 303),
    ("POST", "/ledger", 401),
    ("GET", "/dossiers/x", 303),
    ("GET", "/files/x", 303),
    ("GET", "/files/x/papers/y", 303),
    ("GET", "/files/x/claim", 303),
    ("POST", "/files/x/claim", 401),
    ("GET", "/files/x/repay", 303),
    ("POST", "/files/x/repay", 401),
    ("GET", "/files/x/stages/y/check", 303),
    ("POST", "/files/x/stages/y/check", 401),
    ("GET", "/files/x/stages/y/assess", 303),
    ("POST", "/files/x/stages/y/assess", 401),
    ("GET", "/files/x/stages/y/audit", 303),
    ("POST", "/files/x/stages/y/audit", 401),
    ("GET", "/files/x/stages/y/return", 303),
    ("POST", "/files/x/stages/y/return", 401),
    ("GET", "/files/x/stages/y/refuse", 303),
    ("POST", "/files/x/stages/y/refuse", 401),
    ("GET", "/files/x/stages/y/skip", 303),
    ("POST", "/files/x/stages/y/skip", 401),
    ("GET", "/files/x/stages/y/assign", 303),
    ("POST", "/files/x/stages/y/assign", 401),
    ("GET", "/files/x/stages/y/declare", 303),
    ("POST", "/files/x/stages/y/declare", 401),
    ("POST", "/files/x/stages/y/check/draft", 401),
    ("GET", "/no-such-page", 404),
];

#[tokio::test]
async fn every_route_answers_an_anonymous_visitor() {
    let site = Site::new().await;
    for (method, address, status) in ROUTES {
        let request = form(address).method(*method).body(Body::empty()).unwrap();
        let answer = site.send(request).await;
        assert_eq!(answer.status.as_u16(), *status, "{method} {address}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{address}");
        assert!(!answer.body.contains("style=\""), "{address} has inline style");
        let part = address.ends_with("/score") || address.ends_with(".csv") && *status == 200;
        let page = *status != 303 && *method != "HEAD" && !part;
        let whole = answer.body.contains("<html lang=\"zh-CN\">") && answer.body.contains("<h1>");
        assert!(!page || whole, "{method} {address} answers no page: {}", answer.body);
    }
}

#[tokio::test]
async fn names_from_packs_are_escaped_everywhere() {
    let site = Site::new().await;
    let kept = site.post(CALCULATOR, &[("given.invested", "60"), ("enterprise.kind", "b")]).await;
    let kept = kept.location().to_owned();
    let pages = ["/", "/programmes/demo", "/programmes/demo/assessment", CALCULATOR, &kept];
    for address in pages {
        let page = site.get(address).await;
        assert_eq!(page.status, StatusCode::OK, "{address}");
        assert!(page.body.contains("&lt;"), "{address} shows the names");
        for bad in ["<b>", "<i>", "<u>", "<script>alert"] {
            assert!(!page.body.contains(bad), "{address} lets {bad} through");
        }
    }
}

#[tokio::test]
async fn an_error_keeps_what_was_typed() {
    let site = Site::new().await;
    let fields = [
        ("figures.devices", "四十<b>台"),
        ("figures.revenue_last", "3200.5"),
        ("answers.network", "control_network"),
        ("answers.network", "industrial_5g"),
        ("scenarios.product_design", "3"),
    ];
    let page = site.post(ASSESSMENT, &fields).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "value=\"四十&lt;b&gt;台\"",
        "value=\"3200.5\"",
        "value=\"control_network\" checked",
        "value=\"industrial_5g\" checked",
        "name=\"scenarios.product_design\" value=\"3\" checked",
        "href=\"#figures-devices\"",
        "id=\"figures-devices\"",
        "aria-describedby=\"figures-devices-error\"",
    ] {
        assert!(page.body.contains(part), "{part} is missing");
    }
    assert!(!page.body.contains("value=\"full_coverage\" checked"));
}

#[tokio::test]
async fn a_kept_assessment_opens_by_its_link_and_can_be_changed() {
    let site = Site::new().await;
    let fields = [("answers.network", "control_network"), ("figures.devices", "４０")];
    let kept = site.post(ASSESSMENT, &fields).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let first = site.get(kept.location()).await;
    assert_eq!(first.status, StatusCode::OK);
    assert_eq!(first.header("cache-control"), "no-store");
    assert_eq!(first.header("referrer-policy"), "no-referrer");
    assert_eq!(site.get(kept.location()).await.body, first.body, "the same link, the same result");
    let token = kept.location().rsplit('/').next().unwrap();
    let form = site.get(&format!("{ASSESSMENT}?from={token}")).await;
    assert!(form.body.contains("value=\"４０\"") && form.body.contains("value=\"control_network\" checked"));
    let found = site.post("/results", &[("link", &format!(" https://example.org/results/{token} "))]).await;
    assert_eq!(found.location(), kept.location());
}

#[tokio::test]
async fn the_calculator_compares_and_says_when_less_pays_more() {
    let site = Site::new().await;
    let fields = [("given.invested", "６０"), ("project.level", "3"), ("enterprise.listed", "否")];
    let kept = site.post(CALCULATOR, &fields).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    let page = site.get(kept.location()).await;
    for part in ["60万元", "不符合的条件", "请改&lt;b&gt;。"] {
        assert!(page.body.contains(part), "{part} is missing");
    }
    let form = site.get(&format!("{CALCULATOR}?project.level=3")).await;
    assert!(form.body.contains("name=\"project.level\" value=\"3\" checked"));
}

#[tokio::test]
async fn only_this_sites_forms_are_accepted() {
    let site = Site::new().await;
    let request = Request::post(ASSESSMENT).header("sec-fetch-site", "cross-site");
    let answer = site.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let request = form(ASSESSMENT).body(Body::from("x=".repeat(200 * 1024))).unwrap();
    assert_eq!(site.send(request).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let request = Request::post(ASSESSMENT).header("content-type", "application/json");
    let answer = site.send(request.body(Body::from("{}")).unwrap()).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn too_many_posts_are_refused_for_a_while() {
    let site = Site::new().await;
    let mut last = site.post("/results", &[]).await;
    for _ in 0..60 {
        last = site.post("/results", &[]).await;
    }
    assert_eq!(last.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(last.header("retry-after"), "60");
    assert_eq!(site.get("/").await.status, StatusCode::OK, "reading stays open");
}

#[tokio::test]
async fn assets_are_found_under_the_names_pages_use() {
    let site = Site::new().await;
    let page = site.get("/").await.body;
    let names: Vec<&str> = page.split('"').filter(|part| part.starts_with("/assets/")).collect();
    assert_eq!(names.len(), 3, "{names:?}");
    for name in names {
        let asset = site.get(name).await;
        assert_eq!(asset.status, StatusCode::OK, "{name}");
        assert!(asset.header("cache-control").contains("immutable"), "{name}");
    }
}
