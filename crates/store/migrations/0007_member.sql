-- Members of consortia: a stage may wait for several organisations at once, and files are listed for their members too.
CREATE TABLE task_of_member (
    application  TEXT   NOT NULL,
    stage        TEXT   NOT NULL,
    programme    TEXT   NOT NULL,
    procedure    TEXT   NOT NULL,
    actor        TEXT   NOT NULL,
    organisation TEXT   NOT NULL,
    place_path   TEXT   NOT NULL,
    title        TEXT   NOT NULL,
    opened_at_ms BIGINT NOT NULL,
    due_at_ms    BIGINT,
    PRIMARY KEY (application, stage, organisation)
);
INSERT INTO task_of_member (application, stage, programme, procedure, actor, organisation, place_path, title, opened_at_ms, due_at_ms)
SELECT application, stage, programme, procedure, actor, organisation, place_path, title, opened_at_ms, due_at_ms FROM task;
DROP TABLE task;
ALTER TABLE task_of_member RENAME TO task;
CREATE INDEX task_actor ON task (actor, programme, due_at_ms, application, stage, organisation, place_path, procedure);
CREATE INDEX task_organisation ON task (organisation, due_at_ms, application, stage);
CREATE INDEX task_due ON task (due_at_ms);

CREATE TABLE participant (
    application  TEXT NOT NULL,
    organisation TEXT NOT NULL,
    PRIMARY KEY (application, organisation)
);
CREATE INDEX participant_organisation ON participant (organisation, application);
