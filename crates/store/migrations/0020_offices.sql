-- The kinds of offices that a stage of an application has come to, each between bars: what has come to an office's own stage it sees before
-- anything is decided, and after. Rows from before this step say nothing of it until their application is next written.
ALTER TABLE application ADD COLUMN offices TEXT NOT NULL DEFAULT '';
