//! 接口: a manager makes tokens and says where the organisation is called; secrets are shown once.
#![allow(clippy::unwrap_used)]

mod conduct_site;
mod served;

use axum::http::StatusCode;
use conduct_site::{Site, id};

#[tokio::test]
async fn a_token_is_shown_once_and_ended() {
    let site = Site::new().await;
    let manager = site.enter("甲公司", 0).await;
    let page = site.get(&manager, "/tokens").await;
    page.has(&["尚未建立令牌", "查看申报件", "填报", "/tokens\""]);
    page.lacks(&["编制拨付清单", "查看台账"]);

    let wrong = site.post(&manager, "/tokens", &[("label", "<b>"), ("scopes", "pay"), ("expires_on", "2029-01-01")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    wrong.has(&["value=\"&lt;b&gt;\"", "请选择令牌可以办理的事情。", "有效期最长一年"]);

    let fields = [("label", "财务<b>系统"), ("scopes", "read:files"), ("scopes", "write:files"), ("expires_on", "2026-12-31")];
    let made = site.post(&manager, "/tokens", &fields).await;
    made.has(&["令牌已建立", "szt_", "财务&lt;b&gt;系统", "2026年12月31日"]);
    assert_eq!(made.headers["cache-control"], "no-store");
    let page = site.get(&manager, "/tokens").await;
    page.lacks(&["szt_"]);
    page.has(&["查看申报件、填报", "未使用", "停用"]);

    let token = site.store.api_tokens_of(&id("甲公司")).await.unwrap()[0].id.clone();
    let revoke = format!("/tokens/{token}/revoke");
    let other = site.enter("乙公司", 0).await;
    assert_eq!(site.post(&other, &revoke, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(site.post(&manager, &revoke, &[]).await.location(), "/tokens?revoked=1");
    site.get(&manager, "/tokens?revoked=1").await.has(&["令牌已停用。", "已停用"]);
    let signer = site.enter("甲公司", 1).await;
    assert_eq!(site.get(&signer, "/tokens").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_address_is_checked_kept_and_withdrawn() {
    let site = Site::new().await;
    let manager = site.enter("市局", 0).await;
    for (address, said) in [("http://example.cn/", "应以 https://"), ("https://10.0.0.1/", "内部网络"), ("example.cn", "完整的网址")]
    {
        let wrong = site.post(&manager, "/tokens/webhook", &[("address", address)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        wrong.has(&[said, &format!("value=\"{address}\"")]);
    }
    let set = site.post(&manager, "/tokens/webhook", &[("address", "https://example.cn/hook")]).await;
    set.has(&["szw_", "https://example.cn/hook", "还没有推送。"]);
    let page = site.get(&manager, "/tokens").await;
    page.lacks(&["szw_"]);
    page.has(&["当前接收地址", "更换接收地址"]);
    assert_eq!(site.post(&manager, "/tokens/webhook/remove", &[]).await.location(), "/tokens?removed=1");
    site.get(&manager, "/tokens").await.lacks(&["当前接收地址"]);
}
