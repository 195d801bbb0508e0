//! The simulation from outside: a table in, what a change would cost out, and what is wrong said by row and column.

use axum::http::StatusCode;

use crate::site::Site;

const DEMO: &str = "/programmes/demo/simulation";
const CITY: &str = "/programmes/hohhot-subsidy/simulation";

/// Two made-up enterprises: 70% of 100 is capped at 35, 50% of 400 at 150.
const TABLE: &str = "编号,等级<b>,投入<b>\r\n企业1<b>,二级,100万元\r\n企业2,3,400万元\r\n";

#[tokio::test]
async fn a_raised_cap_costs_what_it_says_and_why() {
    let site = Site::new().await;
    let fields = [("set.standard.1.cap", "60"), ("set.standard.2.cap", "150万元"), ("budget", "200")];
    let page = site.upload(DEMO, &fields, "申报件<i>.csv", TABLE.as_bytes()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert_eq!(page.header("cache-control"), "no-store");
    for part in [
        "申报件&lt;i&gt;.csv",
        "<p class=\"value\">185<span class=\"unit\">万元</span></p>",
        "<p class=\"value\">210<span class=\"unit\">万元</span></p>",
        "<p class=\"value\">+25<span class=\"unit\">万元</span></p>",
        "金额增加<strong>1件</strong>，减少<strong>0件</strong>，不变1件",
        "不超出，结余15万元",
        "超出10万元",
        "标准&lt;b&gt;（二级）上限",
        "企业1&lt;b&gt;</strong>：35万元 → 60万元（+25万元）",
        "#guide-1",
        "全部申报件",
        "name=\"set.standard.1.cap\" value=\"60\"",
    ] {
        assert!(page.body.contains(part), "{part} is missing in {}", page.body);
    }
    for bad in ["<b>", "<i>", "style=", "（三级）"] {
        assert!(!page.body.contains(bad), "{bad} is on the page");
    }
}

#[tokio::test]
async fn a_sample_is_said_to_be_one() {
    let site = Site::new().await;
    let table = "编号,权重,等级<b>,投入<b>\n甲,10,2,100万元\n乙,2.5,3,\n";
    let page = site.upload(DEMO, &[("budget", "340")], "a.csv", table.as_bytes()).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    for part in ["抽样", "350<span", "超出的可能性为", "标准误差", "1件，按0计入", "<td class=\"number\">50%</td>", "没有调整数值"]
    {
        assert!(page.body.contains(part), "{part} is missing in {}", page.body);
    }
}

#[tokio::test]
async fn what_is_wrong_names_row_and_column_and_keeps_what_was_typed() {
    let site = Site::new().await;
    let table = "编号,等级<b>,投入<b>\n甲,五级,100万元\n乙,2,许多\n丙,3,1,000\n";
    let fields = [("set.standard.1.cap", "很多<b>"), ("set.standard.2.share", "60"), ("budget", "-1")];
    let page = site.upload(DEMO, &fields, "a.csv", table.as_bytes()).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "有3处需要修改，已填写的内容均已保留，表格文件请重新选择",
        "表格有3处问题",
        "第2行“等级&lt;b&gt;”列",
        "第3行“投入&lt;b&gt;”列",
        "第4行第4列",
        "value=\"很多&lt;b&gt;\"",
        "value=\"60\"",
        "value=\"-1\"",
        "href=\"#set-standard-1-cap\"",
        "id=\"set-standard-1-cap-error\"",
        "标准&lt;b&gt;（二级）上限：",
        "href=\"#cases\"",
        "预算：不能为负数",
    ] {
        assert!(page.body.contains(part), "{part} is missing in {}", page.body);
    }
    assert!(!page.body.contains("id=\"set-standard-2-share-error\""));
}

#[tokio::test]
async fn tables_that_are_none_are_refused_with_a_sentence() {
    let site = Site::new().await;
    let many = format!("编号\n{}", "甲\n".repeat(20_001));
    let large = "甲".repeat(3 << 20);
    for (name, file, said) in [
        ("", "", "请选择申报件表格"),
        ("a.pdf", "x", "不支持的文件类型"),
        ("a.csv", "", "表格没有数据"),
        ("a.csv", "编号\n", "表格没有数据"),
        ("a.csv", "编号,没有\n甲,1\n", "第2列：政策包没有“没有”"),
        ("a.xlsx", "no archive", "无法打开表格"),
        ("a.csv", many.as_str(), "表格超过20000行"),
        ("a.csv", large.as_str(), "表格超过8兆字节"),
    ] {
        let page = site.upload(DEMO, &[], name, file.as_bytes()).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {said}");
        assert!(page.body.contains(said), "{said} is missing in {}", page.body);
    }
}

#[tokio::test]
async fn the_template_can_be_uploaded_as_it_is() {
    let site = Site::new().await;
    for address in [DEMO, CITY] {
        let template = site.get(&format!("{address}/template.csv")).await;
        assert!(template.header("content-type").starts_with("text/csv") && template.header("content-disposition").contains("attachment"));
        assert!(template.body.starts_with("\u{feff}编号,权重,"), "{}", template.body);
        assert_eq!(template.body.lines().count(), 3);
        let page = site.upload(address, &[], "template.csv", template.body.as_bytes()).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains("<dt>信息不足不能计算</dt><dd>0件</dd>"), "{}", page.body);
    }
}

#[tokio::test]
async fn the_page_is_found_from_the_portal_and_the_programme() {
    let site = Site::new().await;
    for address in ["/", "/programmes/demo"] {
        assert!(site.get(address).await.body.contains(&format!("href=\"{DEMO}\"")), "{address}");
    }
    assert!(!site.get("/programmes/miit-2024").await.body.contains("/simulation"));
    let form = site.get(&format!("{DEMO}?set.standard.1.cap=60&budget=5")).await.body;
    assert!(form.contains("value=\"60\"") && form.contains("value=\"5\""));
}
