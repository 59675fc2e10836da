-- What the record of a link is in the CRM: an opportunity, or a lead that nobody has accepted yet.
ALTER TABLE link ADD COLUMN record_type VARCHAR(20) DEFAULT 'OPPORTUNITY' NOT NULL;

-- Leads that the marketplace pushed; the text goes when it was delivered and is old, the digest stays.
CREATE TABLE pushed_lead (
  id          VARCHAR(100) NOT NULL PRIMARY KEY,
  body        VARCHAR(100000),
  received_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
