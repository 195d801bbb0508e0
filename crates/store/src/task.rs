//! What is to be done for applications, and by whom: inboxes and due dates.

use std::collections::BTreeMap;

use sqlx::{AnyConnection, Row as _};

use crate::application::ApplicationRow;
use crate::page::{Listed, Page};
use crate::row::{self, Conditions, row};
use crate::sql::Sql;
use crate::{Store, StoreError, compiled_once};

/// What is due next first, what never is due last; of what is due alike, what waited longest.
pub(crate) const INBOX_ORDER: &str = "due_at_ms NULLS LAST, opened_at_ms, application, stage, organisation";

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

row! {"task" by "application, stage, organisation",
    /// What somebody has to do next for an application.
    pub struct TaskRow {
        /// The application.
        pub application: String,
        /// The stage that waits for it.
        pub stage: String,
        /// The application's programme.
        pub programme: String,
        /// The application's procedure.
        pub procedure: String,
        /// The kind of organisation that does it.
        pub actor: String,
        /// The organisation that does it, `""` if any of that kind may.
        pub organisation: String,
        /// The application's place after those above it, `a/b/c`.
        pub place_path: String,
        /// What is to be done, as the inbox says it.
        pub title: String,
        /// Since when it waits, in Unix milliseconds.
        pub opened_at_ms: i64,
        /// When it is due, in Unix milliseconds.
        pub due_at_ms: Option<i64>,
    }
}

/// Whose tasks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Assignee {
    /// Anybody's.
    #[default]
    Any,
    /// Those of this organisation alone.
    Own(String),
    /// Those of this organisation, and those that any of its kind may do.
    OwnOrOpen(String),
}

/// Which tasks are wanted; what is left empty lets all through.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InboxFilter {
    /// For one of these kinds of organisation.
    pub actors: Vec<String>,
    /// Whose they are.
    pub assignee: Assignee,
    /// Of this programme.
    pub programme: Option<String>,
    /// Of this procedure.
    pub procedure: Option<String>,
    /// Of one of these procedures.
    pub procedures: Vec<String>,
    /// At this stage.
    pub stage: Option<String>,
    /// At this place or below it.
    pub place_path: Option<String>,
    /// Due at this or later, in Unix milliseconds.
    pub due_from_ms: Option<i64>,
    /// Due before this, in Unix milliseconds.
    pub due_before_ms: Option<i64>,
    /// Of applications whose name, number or code contains each of these words.
    pub search: Option<String>,
}

/// A task with the application it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxItem {
    /// What is to be done.
    pub task: TaskRow,
    /// What for.
    pub application: ApplicationRow,
}

/// How many tasks are due on one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDay {
    /// The day, counted from 1 January 1970.
    pub unix_day: i64,
    /// How many tasks are due on it.
    pub tasks: i64,
}

impl Conditions for InboxFilter {
    fn add_to<'a>(&'a self, sql: &mut Sql<'a>) {
        sql.and_in("actor", &self.actors);
        match &self.assignee {
            Assignee::Any => {}
            Assignee::Own(organisation) => sql.and("organisation = ?", organisation),
            Assignee::OwnOrOpen(organisation) => sql.and("organisation IN ('', ?)", organisation),
        }
        sql.and_if("programme = ?", self.programme.as_ref());
        sql.and_if("procedure = ?", self.procedure.as_ref());
        sql.and_in("procedure", &self.procedures);
        sql.and_if("stage = ?", self.stage.as_ref());
        sql.and_within("place_path", self.place_path.as_deref());
        sql.and_if("due_at_ms >= ?", self.due_from_ms);
        sql.and_if("due_at_ms < ?", self.due_before_ms);
        self.add_search(sql);
    }
}

impl InboxFilter {
    fn add_search(&self, sql: &mut Sql<'_>) {
        let Some(search) = self.search.as_deref().filter(|search| !search.trim().is_empty()) else {
            return;
        };
        sql.push(" AND application IN (SELECT id FROM application WHERE 1 = 1");
        sql.and_contains("search", search);
        sql.push(")");
    }
}

/// Leaves an application with exactly these tasks.
pub(crate) async fn write_all(connection: &mut AnyConnection, application: &str, tasks: &[TaskRow]) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM task WHERE application = $1").bind(application).execute(&mut *connection).await?;
    for task in tasks {
        row::insert(task)?.execute(connection).await?;
    }
    Ok(())
}

impl Store {
    /// One page of an inbox: what is due next first, what never is due last; of what is due alike, what waited longest.
    #[compiled_once]
    pub async fn inbox(&self, filter: &InboxFilter, page: Page) -> Result<Listed<InboxItem>, StoreError> {
        let tasks: Listed<TaskRow> = row::listed(self.pool.reader(), filter, INBOX_ORDER, page).await?;
        let ids: Vec<String> = tasks.rows.iter().map(|task| task.application.clone()).collect();
        let applications = self.applications_by_id(&ids).await?;
        let applications: BTreeMap<String, ApplicationRow> = applications.into_iter().map(|row| (row.id.clone(), row)).collect();
        // An application that is done between the two statements is not to be done.
        let item = |task: TaskRow| applications.get(&task.application).cloned().map(|application| InboxItem { task, application });
        Ok(Listed { rows: tasks.rows.into_iter().filter_map(item).collect(), total: tasks.total })
    }

    /// The tasks of one application, by stage.
    #[compiled_once]
    pub async fn tasks_of(&self, application: &str) -> Result<Vec<TaskRow>, StoreError> {
        let mut sql = row::select::<TaskRow>();
        sql.and("application = ?", application);
        sql.push(" ORDER BY stage, organisation");
        row::all(self.pool.reader(), &sql).await
    }

    /// Tasks due before a moment, those due first first: for reminders and deadlines.
    #[compiled_once]
    pub async fn tasks_due_before(&self, unix_ms: i64, limit: i64) -> Result<Vec<TaskRow>, StoreError> {
        let mut sql = row::select::<TaskRow>();
        sql.and("due_at_ms < ?", unix_ms);
        sql.push(" ORDER BY due_at_ms, application, stage, organisation LIMIT ");
        sql.bind(limit);
        row::all(self.pool.reader(), &sql).await
    }

    /// How many tasks are due on each day from `from_ms` until before `until_ms`; days without any are left out. Days
    /// begin at midnight `utc_offset_ms` ahead of UTC.
    #[compiled_once]
    pub async fn due_days(&self, filter: &InboxFilter, from_ms: i64, until_ms: i64, utc_offset_ms: i64) -> Result<Vec<DueDay>, StoreError> {
        let mut sql = Sql::new("SELECT (due_at_ms + ");
        sql.bind(utc_offset_ms);
        sql.push(&format!(") / {DAY_MS} AS unix_day, COUNT(*) AS tasks FROM task WHERE 1 = 1"));
        filter.add_to(&mut sql);
        sql.and("due_at_ms >= ?", from_ms);
        sql.and("due_at_ms < ?", until_ms);
        sql.push(" GROUP BY 1 ORDER BY 1");
        let rows = sql.all(self.pool.reader()).await?;
        rows.iter().map(|row| Ok(DueDay { unix_day: row.try_get("unix_day")?, tasks: row.try_get("tasks")? })).collect()
    }
}
