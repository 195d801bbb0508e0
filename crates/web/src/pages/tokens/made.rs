//! Secrets, shown once.

use maud::{Markup, html};
use service::webhook::Registered;

/// A token that was made just now.
pub(super) fn token(secret: &str) -> Markup {
    html! {
        h2 { "令牌已建立" }
        p { "请立即复制并妥善保存，离开本页后无法再次查看：" }
        p { code { (secret) } }
        p { "调用时放在请求头中：" code { "Authorization: Bearer 令牌" } }
    }
}

/// An address that was set just now.
pub(super) fn webhook(set: &Registered) -> Markup {
    html! {
        h2 { "接收地址已保存" }
        p { "事件将推送到" code { (set.address) } "。验证签名使用的密钥只显示这一次，请立即复制并妥善保存：" }
        p { code { (set.secret) } }
    }
}
