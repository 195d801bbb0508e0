-- Several experts work on one stage of one application, each with a task of his own: the organisation joins the key.

ALTER TABLE task RENAME TO task_of_one;
DROP INDEX task_actor;
DROP INDEX task_organisation;
DROP INDEX task_due;

CREATE TABLE task (
    application  TEXT   NOT NULL,
    stage        TEXT   NOT NULL,
    programme    TEXT   NOT NULL,
    procedure    TEXT   NOT NULL,
    actor        TEXT   NOT NULL, -- the kind of organisation that does it
    organisation TEXT   NOT NULL, -- the one that does it, '' if any of that kind may
    place_path   TEXT   NOT NULL,
    title        TEXT   NOT NULL,
    opened_at_ms BIGINT NOT NULL,
    due_at_ms    BIGINT,
    PRIMARY KEY (application, stage, organisation)
);
INSERT INTO task (application, stage, programme, procedure, actor, organisation, place_path, title, opened_at_ms, due_at_ms)
SELECT application, stage, programme, procedure, actor, organisation, place_path, title, opened_at_ms, due_at_ms FROM task_of_one;
DROP TABLE task_of_one;

CREATE INDEX task_actor ON task (actor, programme, due_at_ms, application, stage, organisation, place_path, procedure);
CREATE INDEX task_organisation ON task (organisation, due_at_ms, application, stage);
CREATE INDEX task_due ON task (due_at_ms);
