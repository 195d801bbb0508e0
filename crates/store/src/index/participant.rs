//! Members of consortia, so that files are listed for them too.

use sqlx::AnyConnection;

use crate::StoreError;
use crate::row::{self, row};

row! {"participant" by "application, organisation",
    /// That an organisation is a member of an application's consortium.
    pub struct ParticipantRow {
        /// The application.
        pub application: String,
        /// The member.
        pub organisation: String,
    }
}

/// Leaves an application with exactly these members.
pub(super) async fn write_all(connection: &mut AnyConnection, application: &str, organisations: &[String]) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM participant WHERE application = $1").bind(application).execute(&mut *connection).await?;
    for row in rows(application, organisations) {
        row::insert(&row)?.execute(connection).await?;
    }
    Ok(())
}

/// The rows of an application's members.
pub(super) fn rows(application: &str, organisations: &[String]) -> impl Iterator<Item = ParticipantRow> {
    organisations.iter().map(move |one| ParticipantRow { application: application.to_owned(), organisation: one.clone() })
}
