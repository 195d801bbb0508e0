-- What providers offer (数字化产品), as the catalogue and its provider's own list show it.
CREATE TABLE product_index (
    id        TEXT NOT NULL PRIMARY KEY,
    provider  TEXT NOT NULL, -- whose it is
    name      TEXT NOT NULL,
    name_key  TEXT NOT NULL, -- the name as two names are compared
    kind      TEXT NOT NULL,
    scenarios TEXT NOT NULL, -- ids between bars, |design|marketing|
    state     TEXT NOT NULL,
    search    TEXT NOT NULL,
    UNIQUE (provider, name_key)
);
CREATE INDEX product_state ON product_index (state, name, id);
