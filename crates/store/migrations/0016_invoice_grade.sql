-- How well a claim of an invoice is founded: 'stated' by a number alone, 'proven' by an e-invoice to the applicant, 'counted' by a decision.
-- A proven claim takes the place of a stated one, which waits in displaced and comes back when the other gives up. Claims from before this
-- step are taken for counted until their application is next written.
ALTER TABLE invoice_claim ADD COLUMN grade TEXT NOT NULL DEFAULT 'counted';
ALTER TABLE invoice_claim ADD COLUMN displaced TEXT NOT NULL DEFAULT ''; -- the application, or nothing
CREATE INDEX invoice_claim_displaced ON invoice_claim (displaced);
