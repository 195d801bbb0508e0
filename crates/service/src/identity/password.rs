//! Passwords: what is accepted, and argon2id over it.

use std::sync::LazyLock;

use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use crate::{Edge, ServiceError};

/// Characters of a password: length is what makes it hard to guess.
pub const PASSWORD_MIN_CHARS: usize = 10;
/// Longer texts are no passwords but work for the hash.
pub const PASSWORD_MAX_CHARS: usize = 128;

/// OWASP's first choice for argon2id: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;
const SALT_BYTES: usize = 16;

/// Hashes computed at once: each takes 19 MiB and a core for some tens of milliseconds.
static TURNS: Semaphore = Semaphore::const_new(4);

/// Compared with when there is no account, so that the answer takes as long as with one.
static NOBODY: LazyLock<String> = LazyLock::new(|| compute("", &[0; SALT_BYTES]).unwrap_or_default());

/// What is wrong with a new password; nothing when it will do.
pub(crate) fn problem(password: &str, email: &str) -> Option<String> {
    let chars = password.chars().count();
    let has = |kind: fn(char) -> bool| password.chars().any(kind);
    let mixed = has(|c| c.is_ascii_digit()) && has(|c| !c.is_ascii_digit());
    let user = email.split('@').next().unwrap_or_default();
    let holds_user = user.len() >= 4 && password.to_lowercase().contains(user);
    if chars == 0 {
        Some("请设置密码。".into())
    } else if chars < PASSWORD_MIN_CHARS {
        Some(format!("密码至少{PASSWORD_MIN_CHARS}位，请加长。"))
    } else if chars > PASSWORD_MAX_CHARS {
        Some(format!("密码最长{PASSWORD_MAX_CHARS}位，请缩短。"))
    } else if !mixed {
        Some("密码应同时包含数字和数字以外的字符，请补充。".into())
    } else if holds_user {
        Some("密码不能包含邮箱名，请更换。".into())
    } else {
        None
    }
}

/// The PHC text a password is stored as.
pub(crate) async fn hash(edge: &Edge<'_>, password: &str) -> Result<String, ServiceError> {
    let (password, salt) = (password.to_owned(), edge.bytes::<SALT_BYTES>());
    in_turn(move || compute(&password, &salt)).await?.ok_or(ServiceError::Broken)
}

/// Whether a password is the stored one; without a stored one it is not, and takes as long to be found so.
pub(crate) async fn verify(password: &str, stored: Option<String>) -> Result<bool, ServiceError> {
    let known = stored.is_some();
    let password: String = password.chars().take(PASSWORD_MAX_CHARS + 1).collect();
    let matches = in_turn(move || {
        let stored = stored.as_deref().unwrap_or(&NOBODY);
        hasher().is_some_and(|hasher| hasher.verify_password(password.as_bytes(), stored).is_ok())
    });
    Ok(matches.await? && known)
}

/// Runs beside the pages: on their threads a few sign-ins would stop them all.
async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ServiceError> {
    let _turn = TURNS.acquire().await.map_err(|_| ServiceError::Broken)?;
    spawn_blocking(work).await.map_err(|_| ServiceError::Broken)
}

fn hasher() -> Option<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).ok()?;
    Some(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn compute(password: &str, salt: &[u8]) -> Option<String> {
    hasher()?.hash_password_with_salt(password.as_bytes(), salt).ok().map(|hash| hash.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_and_mixed_passwords_will_do() {
        for (password, accepted) in [
            ("数字化转型2026年试点", true),
            ("correct horse 1", true),
            ("a1b2c3d4e5", true),
            ("", false),
            ("a1b2c3d4e", false),
            ("1234567890", false),
            ("abcdefghij", false),
            ("1zhangsan9", false),
        ] {
            assert_eq!(problem(password, "zhangsan@example.cn").is_none(), accepted, "{password}");
        }
        assert!(problem(&"a1".repeat(65), "a@example.cn").is_some());
    }

    #[tokio::test]
    async fn only_the_password_itself_matches() {
        let stored = compute("correct horse 1", &[7; SALT_BYTES]).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(verify("correct horse 1", Some(stored.clone())).await.unwrap());
        assert!(!verify("correct horse 2", Some(stored)).await.unwrap());
        assert!(!verify("", None).await.unwrap(), "the empty password of nobody");
        assert!(!verify("x", Some("no hash".into())).await.unwrap());
    }
}
