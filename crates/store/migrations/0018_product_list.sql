-- Lists of products are read and counted from indexes alone: the catalogue by state, a bureau's list by name, a provider's own.
DROP INDEX product_state;
CREATE INDEX product_state ON product_index (state, name, id, provider, kind);
CREATE INDEX product_name ON product_index (name, id, provider);
CREATE INDEX product_provider ON product_index (provider, name, id, state);
