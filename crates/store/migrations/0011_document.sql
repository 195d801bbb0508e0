-- Papers that were issued (文书): what anybody may check by the code, and the paper as it was made.
CREATE TABLE document_index (
    id         TEXT   NOT NULL PRIMARY KEY,
    programme  TEXT   NOT NULL,
    noun       TEXT   NOT NULL, -- what kind of record it was made from
    record_id  TEXT   NOT NULL, -- which of them
    kind       TEXT   NOT NULL,
    title      TEXT   NOT NULL,
    code       TEXT   NOT NULL UNIQUE,
    digest     TEXT   NOT NULL, -- SM3 of its words
    issued_at_ms BIGINT NOT NULL
);
CREATE INDEX document_record ON document_index (noun, record_id, issued_at_ms);

CREATE TABLE document_content (
    id    TEXT NOT NULL PRIMARY KEY,
    paper TEXT NOT NULL  -- as JSON
);

-- A head printed on a paper is looked up among all entries.
CREATE INDEX entry_hash ON entry (hash);
