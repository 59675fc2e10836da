-- Entries of an opportunity are found through the referral its link names.
DROP INDEX audit_by_crm_id;
