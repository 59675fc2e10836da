-- Microsoft's referral names the deal by its engagement only.
CREATE INDEX link_by_engagement ON link (crm, engagement_id);

-- Referrals of Microsoft that reported when the deal could not take their news; the deal's next sync calls them.
CREATE TABLE waiting_related (
  crm           VARCHAR(40)  NOT NULL,
  referral_id   VARCHAR(100) NOT NULL,
  engagement_id VARCHAR(100) NOT NULL,
  waits_since   TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  PRIMARY KEY (crm, referral_id)
);
CREATE INDEX waiting_related_by_engagement ON waiting_related (crm, engagement_id);
