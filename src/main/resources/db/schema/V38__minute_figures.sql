-- How many decisions of a minute wrote to a system, and how much waited at its end. audit_id is the newest entry that was counted, from which
-- the next minute goes on.
CREATE TABLE minute_figure (
  crm       VARCHAR(40) NOT NULL,
  minute_at TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  changes   INTEGER     NOT NULL,
  -- Empty when the queue did not answer.
  backlog   INTEGER,
  audit_id  BIGINT      NOT NULL,
  PRIMARY KEY (crm, minute_at)
);
