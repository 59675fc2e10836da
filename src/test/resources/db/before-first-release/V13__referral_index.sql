-- What each of our referrals names in the CRMs, as the sweep last saw it, so that an opportunity's referral is found however it is spelled.
CREATE TABLE referral_index (
  referral_id   VARCHAR(100) PRIMARY KEY,
  engagement_id VARCHAR(100),
  crm           VARCHAR(40),
  crm_id        VARCHAR(100),
  closed        BOOLEAN      NOT NULL
);
CREATE INDEX referral_index_by_crm_id ON referral_index (crm, crm_id);
CREATE INDEX referral_index_by_engagement ON referral_index (engagement_id);
