-- "Why?" asks for the entries of one record. Those about an opportunity without a referral are found by its own id, which an index by
-- referral alone leaves to be looked for among all entries that have none.
CREATE INDEX audit_by_records ON audit (referral_id, crm_id);
DROP INDEX audit_by_referral;

-- Whoever asks has an id and does not say of which CRM; the index of CRM and id is no help then, and H2 reads every link.
CREATE INDEX link_by_record ON link (crm_id);
