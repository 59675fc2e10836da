-- Up to where each side's versions were known when the two last agreed: a read that shows less is an old one.
ALTER TABLE link ADD COLUMN referral_order BIGINT;
ALTER TABLE link ADD COLUMN crm_order BIGINT;
