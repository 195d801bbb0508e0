-- The words of an issued paper as they were digested: proven by their digest whatever the program would write of the paper later. Empty
-- for papers from before this step, whose words are made again from the paper.
ALTER TABLE document_content ADD COLUMN words TEXT NOT NULL DEFAULT '';
