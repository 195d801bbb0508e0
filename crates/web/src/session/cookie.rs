//! The two cookies of the site: who is signed in, and the secret behind the tokens of its forms.

use axum::http::{HeaderMap, HeaderValue, header};

/// Names the session.
pub const SESSION: &str = "session";
/// Names the secret of the form tokens. It outlives the session, so that what was typed before a session ended can still
/// be sent after signing in again.
pub(super) const FORM: &str = "form";

/// How long the secret of the form tokens is kept.
const FORM_S: u32 = 180 * 24 * 60 * 60;

/// The value of a cookie.
pub(super) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// A cookie that ends with the browser's session; whoever shares a computer need not think of signing out.
pub(super) fn session(token: &str, secure: bool) -> Option<HeaderValue> {
    written(SESSION, token, "", secure)
}

/// Takes the session's cookie away.
pub(super) fn no_session(secure: bool) -> Option<HeaderValue> {
    written(SESSION, "", "; Max-Age=0", secure)
}

/// The secret of the form tokens.
pub(super) fn form(secret: &str, secure: bool) -> Option<HeaderValue> {
    written(FORM, secret, &format!("; Max-Age={FORM_S}"), secure)
}

fn written(name: &str, value: &str, age: &str, secure: bool) -> Option<HeaderValue> {
    let secure = if secure { "; Secure" } else { "" };
    HeaderValue::try_from(format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; session=x; sessions=y"));
        headers.append(header::COOKIE, HeaderValue::from_static("form=z=2"));
        for (name, value) in [("session", Some("x")), ("form", Some("z=2")), ("a", Some("1")), ("b", None)] {
            assert_eq!(read(&headers, name), value, "{name}");
        }
    }

    #[test]
    fn cookies_are_out_of_reach_of_scripts_and_other_sites() {
        for (secure, expected) in
            [(false, "session=x; Path=/; HttpOnly; SameSite=Lax"), (true, "session=x; Path=/; HttpOnly; SameSite=Lax; Secure")]
        {
            assert_eq!(session("x", secure).unwrap(), expected);
        }
    }
}
