-- One invoice counts once in the whole system: who submits it first claims its number. Rows are made from the state of the application
-- and written with it; whoever withdraws or is refused has none.
CREATE TABLE invoice_claim (
    number      TEXT NOT NULL PRIMARY KEY, -- 20 digits, or code and number of an older invoice
    application TEXT NOT NULL
);
CREATE INDEX invoice_claim_application ON invoice_claim (application);

-- What was read of a file that may be an e-invoice, once for each content.
CREATE TABLE invoice_reading (
    digest TEXT NOT NULL PRIMARY KEY, -- of the content, as in paper
    body   TEXT NOT NULL              -- JSON: the invoice, or why there is none
);
