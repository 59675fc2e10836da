-- A pair that was parked before it was ever joined has agreed on nothing. It is a claim, which keeps nobody else from being joined.
UPDATE link SET state = 'CLAIMED'
WHERE state = 'PARKED' AND agreed = '{}' AND referral_id IS NOT NULL AND crm_id IS NOT NULL AND record_type = 'OPPORTUNITY';
