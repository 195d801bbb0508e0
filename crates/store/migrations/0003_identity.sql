-- Who may sign in. None of it is in the journal: secrets change, and nobody's password is a record.

CREATE TABLE credential (
    account        TEXT   NOT NULL PRIMARY KEY,
    email          TEXT   NOT NULL UNIQUE, -- in small letters
    password_hash  TEXT   NOT NULL,        -- argon2id in PHC form, its salt and costs inside
    totp_secret    TEXT,                   -- base32; NULL until the second factor is set up
    totp_last_step BIGINT NOT NULL         -- the last 30-second step whose code was used
);

-- Tries since the last success, by what was tried: an address, known or not, or a second factor.
CREATE TABLE attempt (
    subject         TEXT   NOT NULL PRIMARY KEY,
    tries           BIGINT NOT NULL,
    locked_until_ms BIGINT NOT NULL,
    tried_at_ms     BIGINT NOT NULL
);

CREATE INDEX attempt_tried_at ON attempt (tried_at_ms);

CREATE TABLE session (
    token_hash    TEXT   NOT NULL PRIMARY KEY, -- of the secret in the cookie, never the secret itself
    account       TEXT   NOT NULL,
    organisation  TEXT,                        -- acted for; NULL until one is chosen
    mandate       TEXT,                        -- under which it is acted for
    second_factor BIGINT NOT NULL,             -- 0 or 1
    created_at_ms BIGINT NOT NULL,
    seen_at_ms    BIGINT NOT NULL
);

CREATE INDEX session_account ON session (account);
CREATE INDEX session_seen_at ON session (seen_at_ms);

-- Secrets in letters, each good once and for a while.
CREATE TABLE code (
    hash          TEXT   NOT NULL PRIMARY KEY, -- of the secret in the link
    purpose       TEXT   NOT NULL,
    subject       TEXT   NOT NULL,             -- an address, an account, an organisation
    payload       TEXT   NOT NULL,             -- what it lets happen, as JSON
    expires_at_ms BIGINT NOT NULL
);

CREATE INDEX code_subject ON code (purpose, subject);
CREATE INDEX code_expires_at ON code (expires_at_ms);

-- Derived from the account records, to ask who belongs to an organisation.
CREATE TABLE membership (
    account      TEXT NOT NULL,
    organisation TEXT NOT NULL,
    PRIMARY KEY (account, organisation)
);

CREATE INDEX membership_organisation ON membership (organisation);
