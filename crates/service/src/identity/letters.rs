//! The letters of signing up and signing in.

use crate::Edge;
use crate::kept_case::Token;
use crate::mail::Letter;

/// Asks to follow the link that shows the address is the registrant's.
pub(super) fn verify(edge: &Edge<'_>, to: &str, organisation: &str, token: &Token) -> Letter {
    let first = format!("您正在为“{organisation}”注册账号。请在24小时内打开下面的链接，完成注册：");
    let link = format!("{}/verify-email/{token}", edge.origin);
    let last = "如果不是您本人操作，请忽略本邮件，账号不会建立。";
    Letter::new(to, "请确认邮箱，完成注册", &[&first, &link, last])
}

/// Tells the owner of an address that somebody registered with it again.
pub(super) fn has_account(edge: &Edge<'_>, to: &str) -> Letter {
    let first = "有人用您的邮箱注册账号，而该邮箱已有账号，因此没有另建。请直接登录；忘记密码的，可以重置：";
    let link = format!("{}/forgot-password", edge.origin);
    let last = "如果不是您本人操作，请忽略本邮件，您的账号没有变化。";
    Letter::new(to, "您的邮箱已有账号", &[first, &link, last])
}

/// The link that lets a forgotten password be set again.
pub(super) fn reset(edge: &Edge<'_>, to: &str, token: &Token) -> Letter {
    let first = "请在1小时内打开下面的链接，设置新密码：";
    let link = format!("{}/reset-password/{token}", edge.origin);
    let last = "如果不是您本人操作，请忽略本邮件，密码没有变化。";
    Letter::new(to, "重置密码", &[first, &link, last])
}

/// Tells that the password was changed, in case it was somebody else.
pub(super) fn was_reset(edge: &Edge<'_>, to: &str) -> Letter {
    let first = "您的密码刚刚已重置，其他设备上的登录已全部退出。";
    let last = "如果不是您本人操作，请立即重新重置密码，并联系本单位管理员：";
    let link = format!("{}/forgot-password", edge.origin);
    Letter::new(to, "密码已重置", &[first, last, &link])
}

/// Asks a person to join an organisation.
pub(super) fn invite(edge: &Edge<'_>, to: &str, by: &str, organisation: &str, roles: &str, token: &Token) -> Letter {
    let first = format!("{by}邀请您加入“{organisation}”，担任{roles}。请在7天内打开下面的链接，接受邀请：");
    let link = format!("{}/invitations/{token}", edge.origin);
    let last = "如果您不认识邀请人，请忽略本邮件。";
    Letter::new(to, &format!("邀请您加入“{organisation}”"), &[&first, &link, last])
}
