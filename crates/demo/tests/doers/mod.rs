//! Who may do what an address does, written by hand. To everybody else it is as unknown as one that is not there, whatever is sent and
//! whatever has happened to what it is about: who may is asked before the form is read and before a version is compared.

use std::collections::BTreeMap;

use axum::http::Method;

/// Whoever comes: what is sent decides.
const EVERYBODY: &str = "*";
/// Whoever is signed in, about what is their own.
const OWN: &str = "enterprise signer provider city finance evaluator auditor supervisor admin district other";
/// Whoever manages the people of an organisation: everybody of the demo city but the signer.
const MANAGERS: &str = "enterprise provider city finance evaluator auditor supervisor admin district other";
/// Whoever may see one of the files, among them the auditor of the first visitor's own.
const SEERS: &str = "enterprise signer city finance auditor supervisor";
/// Nobody of the demo city: no file of it is at such a stage.
const NOBODY: &str = "";

/// Each address that takes a form, and the columns of those who may; an address that is not in it fails the test.
pub const DOERS: &[(&str, &str)] = &[
    ("/admin/packs", "admin"),
    ("/admin/packs/{programme}/{version}/open", "admin"),
    ("/admin/packs/{programme}/{version}/walk", "city supervisor admin"),
    ("/admin/packs/{programme}/{version}/withdraw", "admin"),
    ("/batches/{id}/start", "enterprise other"),
    ("/conduct/batches", "city"),
    ("/conduct/batches/{id}/close", "city"),
    ("/conduct/batches/{id}/extend", "city"),
    ("/conduct/payments", "finance"),
    ("/conduct/payments/{id}/approve", "finance"),
    ("/conduct/payments/{id}/cancel", "finance"),
    ("/conduct/payments/{id}/decisions", "finance"),
    ("/conduct/payments/{id}/document", "finance"),
    ("/conduct/payments/{id}/failed/{application}", "finance"),
    ("/conduct/payments/{id}/paid", "finance"),
    ("/conduct/payments/{id}/results", "finance"),
    ("/conduct/products/{id}/take-down", "city"),
    ("/conduct/publicity", "city"),
    ("/conduct/publicity/{id}/document", "city"),
    ("/conduct/publicity/{id}/objections/{objection}", "city"),
    ("/demo", NOBODY),
    ("/desk/answers/{programme}/{stage}", "city"),
    ("/desk/bulk", "enterprise signer provider city finance evaluator auditor district other"),
    ("/desk/imports", "city"),
    ("/desk/monthly", "city finance supervisor district"),
    ("/desk/views", "enterprise signer provider city finance supervisor district other"),
    ("/dossiers/{organisation}/archive", "city finance supervisor"),
    ("/dossiers/{organisation}/supervision", "city finance supervisor"),
    ("/files/{id}/claim", "finance"),
    ("/files/{id}/documents/{kind}", SEERS),
    ("/files/{id}/fill/{stage}/check", "enterprise"),
    ("/files/{id}/fill/{stage}/form/{form}", "enterprise"),
    ("/files/{id}/fill/{stage}/form/{form}/answers", "enterprise"),
    ("/files/{id}/fill/{stage}/form/{form}/draft", "enterprise"),
    ("/files/{id}/fill/{stage}/form/{form}/rows/{kind}", "enterprise"),
    ("/files/{id}/fill/{stage}/gather", "enterprise"),
    ("/files/{id}/fill/{stage}/invoices/{rows}", "enterprise"),
    ("/files/{id}/fill/{stage}/papers", "enterprise"),
    ("/files/{id}/fill/{stage}/sign", "signer"),
    ("/files/{id}/join", NOBODY),
    ("/files/{id}/repay", "finance"),
    ("/files/{id}/stages/{stage}/assess", "city"),
    ("/files/{id}/stages/{stage}/assign", "city"),
    ("/files/{id}/stages/{stage}/audit", "city"),
    ("/files/{id}/stages/{stage}/check", "city"),
    ("/files/{id}/stages/{stage}/declare", "city"),
    ("/files/{id}/stages/{stage}/experts", NOBODY),
    ("/files/{id}/stages/{stage}/refuse", "city"),
    ("/files/{id}/stages/{stage}/return", "city"),
    ("/files/{id}/stages/{stage}/review", NOBODY),
    ("/files/{id}/stages/{stage}/review/draft", NOBODY),
    ("/files/{id}/stages/{stage}/skip", "city"),
    ("/files/{id}/stages/{stage}/{work}/answers", "city"),
    ("/files/{id}/stages/{stage}/{work}/draft", "city"),
    ("/files/{id}/withdraw", "signer"),
    ("/forgot-password", EVERYBODY),
    ("/home/products", "provider"),
    ("/home/products/import", "provider"),
    ("/home/products/{id}", "provider"),
    ("/home/products/{id}/put-back", "provider"),
    ("/home/products/{id}/withdraw", "provider"),
    ("/imports/{id}/correct", NOBODY),
    ("/imports/{id}/discard", NOBODY),
    ("/imports/{id}/take-in", NOBODY),
    ("/invitations/{token}", EVERYBODY),
    ("/ledger", "supervisor"),
    ("/mandates", "enterprise other"),
    ("/mandates/{id}/withdraw", NOBODY),
    ("/notices/read", OWN),
    ("/organisations", "admin"),
    ("/organisations/choose", NOBODY),
    ("/organisations/{id}/restore", "admin"),
    ("/organisations/{id}/suspend", "admin"),
    ("/papers", OWN),
    ("/papers/{id}/remove", OWN),
    ("/people", MANAGERS),
    ("/people/withdraw", MANAGERS),
    ("/people/{account}/remove", NOBODY),
    ("/people/{account}/roles", MANAGERS),
    ("/people/{account}/second-factor", NOBODY),
    ("/profile", MANAGERS),
    ("/programmes/{id}/assessment", EVERYBODY),
    ("/programmes/{id}/assessment/score", EVERYBODY),
    ("/programmes/{id}/calculator", EVERYBODY),
    ("/programmes/{id}/simulation", EVERYBODY),
    ("/publicity/{id}/objections", EVERYBODY),
    ("/register", EVERYBODY),
    ("/reset-password/{token}", EVERYBODY),
    ("/results", EVERYBODY),
    ("/reviews", NOBODY),
    ("/reviews/{programme}/{stage}", NOBODY),
    ("/set-up", EVERYBODY),
    ("/sign-in", EVERYBODY),
    ("/sign-in/second-factor", EVERYBODY),
    ("/sign-in/set-up", EVERYBODY),
    ("/tokens", MANAGERS),
    ("/tokens/webhook", MANAGERS),
    ("/tokens/webhook/remove", MANAGERS),
    ("/tokens/{id}/revoke", NOBODY),
    ("/verify-email/{token}", EVERYBODY),
];

/// Addresses without a line, lines without an address.
pub fn unlisted(addresses: &[(Method, String)]) -> Vec<String> {
    let taking = |path: &str| addresses.iter().any(|(method, known)| *method == Method::POST && known == path);
    let mut wrong: Vec<String> = DOERS.iter().filter(|(path, _)| !taking(path)).map(|(path, _)| format!("{path} takes no form")).collect();
    let all: BTreeMap<&str, &str> = DOERS.iter().copied().collect();
    let unknown = |(method, path): &&(Method, String)| *method == Method::POST && !all.contains_key(path.as_str());
    wrong.extend(addresses.iter().filter(unknown).map(|(_, path)| format!("who may send a form to {path}?")));
    wrong
}

/// Whether an answer tells somebody who may not no more than that there is nothing.
pub fn is_right(path: &str, column: &str, status: u16) -> bool {
    let may = DOERS.iter().find(|(known, _)| *known == path).map_or("", |(_, may)| may);
    may == EVERYBODY || may.split(' ').any(|one| one == column) || [401, 403, 404].contains(&status)
}
