-- Who has read which notice: of those to everybody of an organisation, each person reads for itself. What somebody had read before this step
-- counts as read by everybody it was told to. It is a person's state, like a draft, and in no record.
CREATE TABLE notice_read (
    account    TEXT   NOT NULL,
    notice     TEXT   NOT NULL,
    at_unix_ms BIGINT NOT NULL,
    PRIMARY KEY (account, notice)
);
CREATE INDEX notice_read_notice ON notice_read (notice);
INSERT INTO notice_read (account, notice, at_unix_ms)
    SELECT membership.account, notice.id, notice.read_at_ms
    FROM notice JOIN membership ON membership.organisation = notice.organisation
    WHERE notice.read_at_ms IS NOT NULL AND (notice.account IS NULL OR notice.account = membership.account);
ALTER TABLE notice DROP COLUMN read_at_ms;
