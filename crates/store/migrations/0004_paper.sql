-- A file that an organisation has uploaded as a material. Its content lies on the disk under its digest.
CREATE TABLE paper (
    id           TEXT   NOT NULL PRIMARY KEY,
    digest       TEXT   NOT NULL, -- SM3 of the content, in hexadecimal
    name         TEXT   NOT NULL, -- as it was uploaded, made harmless
    media_type   TEXT   NOT NULL, -- by its content
    bytes        BIGINT NOT NULL,
    pages        BIGINT,          -- NULL: not counted
    organisation TEXT   NOT NULL, -- whose it is
    uploaded_by  TEXT   NOT NULL, -- the account
    at_unix_ms   BIGINT NOT NULL,
    state        TEXT   NOT NULL, -- 'pending', 'checked', 'attached' or 'refused'
    reason       TEXT             -- why it was refused
);

-- One organisation has one content once; the list is by time, newest first.
CREATE UNIQUE INDEX paper_content ON paper (organisation, digest);
CREATE INDEX paper_time ON paper (organisation, at_unix_ms);
CREATE INDEX paper_digest ON paper (digest);
CREATE INDEX paper_state ON paper (state, at_unix_ms);
