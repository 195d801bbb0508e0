-- How programs come in, and where the platform calls out. None of it is in the journal: secrets are no records. What a
-- program does stands there under the account `api:<token id>`, so a token's row is never removed.

CREATE TABLE api_token (
    id            TEXT   NOT NULL PRIMARY KEY,
    token_hash    TEXT   NOT NULL UNIQUE, -- of the secret, never the secret itself
    organisation  TEXT   NOT NULL,        -- acted for
    label         TEXT   NOT NULL,        -- what its manager called it
    scopes        TEXT   NOT NULL,        -- words with a space between
    created_by    TEXT   NOT NULL,        -- the account
    created_at_ms BIGINT NOT NULL,
    expires_at_ms BIGINT NOT NULL,
    used_at_ms    BIGINT,                 -- last; a minute late at most
    revoked_at_ms BIGINT,
    revoked_by    TEXT                    -- the account
);

CREATE INDEX api_token_organisation ON api_token (organisation, created_at_ms);

-- Where an organisation is called when something happens to its files. Its secret signs each call, so it is kept as it is.
CREATE TABLE webhook (
    organisation TEXT   NOT NULL PRIMARY KEY,
    address      TEXT   NOT NULL,
    secret       TEXT   NOT NULL,
    set_by       TEXT   NOT NULL, -- the account
    set_at_ms    BIGINT NOT NULL
);

-- Calls by whom they go to: the last ones stand on the organisation's page.
CREATE INDEX outbox_target ON outbox (kind, target, at_unix_ms);
