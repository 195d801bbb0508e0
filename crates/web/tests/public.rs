//! What stands on every page, and what everybody may download to prepare.
#![allow(clippy::unwrap_used)]

mod site;

use axum::http::StatusCode;
use site::Site;

#[tokio::test]
async fn every_page_says_who_answers_for_the_site() {
    let about = web::About::read(|name| match name {
        "SITE_NAME" => Some("某市<b>数字化转型服务平台".to_owned()),
        "SITE_OPERATOR" => Some("某市工业和信息化局".to_owned()),
        "SITE_PHONE" => Some("0471-1234567".to_owned()),
        _ => None,
    });
    let site = Site::about(about).await;
    for address in ["/", "/verify", "/sign-in", "/no-such-page"] {
        let page = site.get(address).await.body;
        for part in
            [" - 某市&lt;b&gt;数字化转型服务平台</title>", "主办单位：某市工业和信息化局", "咨询电话：0471-1234567", "href=\"/verify\""]
        {
            assert!(page.contains(part), "{address}: {part}");
        }
        assert!(!page.contains("技术支持电话"), "{address}: what is not said is left out");
    }
}

#[tokio::test]
async fn a_site_that_says_nothing_has_the_name_of_the_program() {
    let page = Site::new().await.get("/").await.body;
    assert!(page.contains(" - 数转</title>") && page.contains("文书核验"));
    assert!(!page.contains("主办单位") && !page.contains("电话"));
}

#[tokio::test]
async fn a_code_that_finds_nothing_says_what_may_be_wrong() {
    let site = Site::new().await;
    for (code, said) in
        [("abc", "现有3位"), ("%EF%BC%A1%EF%BC%A2%EF%BC%A3%EF%BC%A4-2222-2222-2", "现有13位"), ("2222-2222-2222", "核对无误仍查不到的")]
    {
        let page = site.get(&format!("/verify?code={code}")).await.body;
        assert!(page.contains("没有查到这份文书。") && page.contains(said), "{code}: {said}");
    }
}

#[tokio::test]
async fn blank_forms_are_there_for_everybody() {
    let site = Site::new().await;
    let page = site.get("/programmes/hohhot-subsidy").await.body;
    let links: Vec<String> = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect();
    let blanks: Vec<String> = links.into_iter().filter(|link| link.contains("/forms/")).map(|link| link.replace("&amp;", "&")).collect();
    for ending in ["blank.pdf", "blank.docx", "answers.xlsx", "template.xlsx"] {
        assert!(blanks.iter().any(|link| link.contains(ending)), "{ending}: {blanks:?}");
    }
    for link in blanks.iter().filter(|link| !link.contains("blank.pdf")) {
        let (status, name, head) = site.bytes(link).await;
        assert_eq!(status, StatusCode::OK, "{link}");
        assert!(head.starts_with(b"PK") && name.starts_with("attachment; filename*=UTF-8''"), "{link}: {name}");
    }
    let (status, ..) = site.bytes(blanks.iter().find(|link| link.contains("blank.pdf")).unwrap()).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "this site has no fonts, and says so");
    for unknown in ["/programmes/hohhot-subsidy/forms/opinion/blank.docx", "/programmes/x/forms/application/blank.docx"] {
        assert_eq!(site.get(unknown).await.status, StatusCode::NOT_FOUND, "{unknown}: an official's form is nobody's to prepare");
    }
}
