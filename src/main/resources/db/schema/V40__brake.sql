-- When a field of the deal was last closed, cleared or overwritten by us, by side. Written with the note that is made before a write anyhow.
ALTER TABLE link ADD COLUMN crm_overwritten_at TIMESTAMP(6) WITH TIME ZONE;
ALTER TABLE link ADD COLUMN referral_overwritten_at TIMESTAMP(6) WITH TIME ZONE;
CREATE INDEX link_by_crm_overwritten ON link (crm, crm_overwritten_at);
CREATE INDEX link_by_referral_overwritten ON link (crm, referral_overwritten_at);

-- Directions that were stopped because too many deals would have been overwritten. What was written before a release does not count any more.
CREATE TABLE brake (
  crm         VARCHAR(40) NOT NULL,
  direction   VARCHAR(40) NOT NULL,
  stopped_at  TIMESTAMP(6) WITH TIME ZONE,
  reason      VARCHAR(1000),
  released_at TIMESTAMP(6) WITH TIME ZONE,
  PRIMARY KEY (crm, direction)
);
