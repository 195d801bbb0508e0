-- What is on file, the journal it was folded from, and the lists that pages read. One commit writes all of them.

-- Each record's current state, kept beside the journal so that no page has to replay it.
CREATE TABLE record (
    noun      TEXT   NOT NULL,
    id        TEXT   NOT NULL,
    programme TEXT   NOT NULL, -- whose chain its entries stand in
    version   BIGINT NOT NULL, -- how many entries it was folded from
    state     TEXT   NOT NULL, -- JSON
    PRIMARY KEY (noun, id)
);
CREATE INDEX record_programme ON record (programme, noun, id);

-- The journal, append only. The crate `journal` says what its columns mean and how they are hashed.
CREATE TABLE entry (
    programme    TEXT   NOT NULL,
    seq          BIGINT NOT NULL,
    at_unix_ms   BIGINT NOT NULL,
    account      TEXT   NOT NULL,
    organisation TEXT   NOT NULL,
    mandate      TEXT,
    noun         TEXT   NOT NULL,
    record_id    TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    event        TEXT   NOT NULL,
    previous     TEXT   NOT NULL,
    hash         TEXT   NOT NULL,
    PRIMARY KEY (programme, seq)
);
-- Unique as a last line of defence: no version of a record is ever written twice.
CREATE UNIQUE INDEX entry_record ON entry (noun, record_id, version);

-- Where each chain ends. Its row is the lock that puts the writers of one programme in a line.
CREATE TABLE chain (
    programme TEXT   NOT NULL PRIMARY KEY,
    length    BIGINT NOT NULL,
    head      TEXT   NOT NULL
);

-- Work that somebody has not handed in yet. Not journaled: nobody but its writer relies on it.
CREATE TABLE draft (
    noun       TEXT   NOT NULL,
    record_id  TEXT   NOT NULL,
    part       TEXT   NOT NULL,
    account    TEXT   NOT NULL, -- who saved it last
    version    BIGINT NOT NULL,
    body       TEXT   NOT NULL, -- JSON
    at_unix_ms BIGINT NOT NULL,
    PRIMARY KEY (noun, record_id, part)
);

-- From here on: lists, each row made from a record's state and replaced with it.

CREATE TABLE application (
    id             TEXT   NOT NULL PRIMARY KEY,
    programme      TEXT   NOT NULL,
    procedure      TEXT   NOT NULL,
    pack_version   TEXT   NOT NULL,
    batch          TEXT   NOT NULL,
    number         TEXT   NOT NULL,
    applicant      TEXT   NOT NULL,
    applicant_name TEXT   NOT NULL,
    provider       TEXT   NOT NULL,
    place          TEXT   NOT NULL,
    place_path     TEXT   NOT NULL, -- the place after those above it: 'a/b/c'
    state          TEXT   NOT NULL,
    stage          TEXT   NOT NULL,
    due_at_ms      BIGINT,          -- Unix milliseconds
    level          BIGINT,
    recognised_fen BIGINT,
    award_fen      BIGINT,
    updated_at_ms  BIGINT NOT NULL,
    search         TEXT   NOT NULL  -- name, number, code in lower case
);
-- Everything that lists of a programme are filtered, sorted and added up by, so that none of them reads the table.
CREATE INDEX application_list ON application (programme, updated_at_ms, id, procedure, state, stage, batch, place_path,
    due_at_ms, level, recognised_fen, award_fen, number, search);
CREATE INDEX application_procedure ON application (programme, procedure, state, updated_at_ms, id);
-- The programme second: SQLite takes the index with most columns given, and these give far fewer rows than a programme.
CREATE INDEX application_batch ON application (batch, programme, updated_at_ms, id);
CREATE INDEX application_applicant ON application (applicant, programme, updated_at_ms, id);
CREATE INDEX application_provider ON application (provider, programme, updated_at_ms, id);

-- What somebody has to do next for an application.
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
    PRIMARY KEY (application, stage)
);
-- Everything that inboxes are filtered and sorted by.
CREATE INDEX task_actor ON task (actor, programme, due_at_ms, application, stage, organisation, place_path, procedure);
CREATE INDEX task_organisation ON task (organisation, due_at_ms, application, stage);
CREATE INDEX task_due ON task (due_at_ms);

CREATE TABLE organisation (
    id          TEXT NOT NULL PRIMARY KEY,
    kind        TEXT NOT NULL,
    name        TEXT NOT NULL,
    credit_code TEXT UNIQUE,
    place       TEXT NOT NULL,
    place_path  TEXT NOT NULL,
    state       TEXT NOT NULL,
    search      TEXT NOT NULL
);
CREATE INDEX organisation_kind ON organisation (kind, state, name, id);
CREATE INDEX organisation_name ON organisation (name);

-- What an organisation was granted: on the roster, in the provider pool.
CREATE TABLE standing (
    programme    TEXT NOT NULL,
    procedure    TEXT NOT NULL,
    organisation TEXT NOT NULL,
    since_on     TEXT NOT NULL, -- a date, 2025-11-03
    PRIMARY KEY (programme, procedure, organisation)
);
CREATE INDEX standing_organisation ON standing (organisation);

CREATE TABLE batch_index (
    id        TEXT NOT NULL PRIMARY KEY,
    programme TEXT NOT NULL,
    procedure TEXT NOT NULL,
    label     TEXT NOT NULL,
    state     TEXT NOT NULL,
    opens_on  TEXT,
    closes_on TEXT
);
CREATE INDEX batch_procedure ON batch_index (programme, procedure, state);

CREATE TABLE mandate_index (
    id         TEXT NOT NULL PRIMARY KEY,
    enterprise TEXT NOT NULL,
    provider   TEXT NOT NULL,
    programme  TEXT NOT NULL, -- what the mandate is for, not whose chain it stands in
    from_on    TEXT NOT NULL,
    until_on   TEXT NOT NULL,
    state      TEXT NOT NULL
);
CREATE INDEX mandate_enterprise ON mandate_index (enterprise);
CREATE INDEX mandate_provider ON mandate_index (provider);

CREATE TABLE publicity_index (
    id        TEXT NOT NULL PRIMARY KEY,
    programme TEXT NOT NULL,
    procedure TEXT NOT NULL,
    label     TEXT NOT NULL,
    state     TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on   TEXT NOT NULL
);
CREATE INDEX publicity_programme ON publicity_index (programme, starts_on);

CREATE TABLE payment_list_index (
    id            TEXT   NOT NULL PRIMARY KEY,
    programme     TEXT   NOT NULL,
    label         TEXT   NOT NULL,
    state         TEXT   NOT NULL,
    total_fen     BIGINT NOT NULL,
    created_at_ms BIGINT NOT NULL
);
CREATE INDEX payment_list_programme ON payment_list_index (programme, created_at_ms);

-- Told to people inside the platform.
CREATE TABLE notice (
    id           TEXT   NOT NULL PRIMARY KEY,
    organisation TEXT   NOT NULL,
    account      TEXT,            -- NULL: everybody of the organisation
    subject      TEXT   NOT NULL,
    body         TEXT   NOT NULL,
    link         TEXT   NOT NULL,
    at_unix_ms   BIGINT NOT NULL,
    read_at_ms   BIGINT
);
CREATE INDEX notice_organisation ON notice (organisation, at_unix_ms);

-- Told to the outside, after the commit and until it worked.
CREATE TABLE outbox (
    id         TEXT   NOT NULL PRIMARY KEY,
    kind       TEXT   NOT NULL, -- 'mail' or 'webhook'
    target     TEXT   NOT NULL,
    body       TEXT   NOT NULL,
    attempts   BIGINT NOT NULL,
    at_unix_ms BIGINT NOT NULL,
    next_at_ms BIGINT NOT NULL, -- when to try next; once sent, when it was
    state      TEXT   NOT NULL, -- 'waiting', 'sent' or 'failed'
    last_error TEXT   NOT NULL
);
CREATE INDEX outbox_next ON outbox (state, next_at_ms);
