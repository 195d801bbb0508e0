-- A citizen's self-assessment or award calculation that can be reopened by its link.
-- No CHECK on kind: SQLite cannot widen one without copying the table; the Rust enum is the door.
CREATE TABLE kept_case (
    token_hash   TEXT   NOT NULL PRIMARY KEY, -- of the secret in the link, never the secret itself
    kind         TEXT   NOT NULL,             -- 'assessment' or 'award'
    programme    TEXT   NOT NULL,
    pack_version TEXT   NOT NULL,
    facts        TEXT   NOT NULL,             -- the case as JSON
    created_at   BIGINT NOT NULL              -- Unix seconds
);

CREATE INDEX kept_case_created_at ON kept_case (created_at);
