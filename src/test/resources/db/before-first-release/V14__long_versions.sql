-- Nobody promises how long a version may be. One that does not fit would stop its record.
ALTER TABLE link ALTER COLUMN referral_version SET DATA TYPE VARCHAR(4000);
ALTER TABLE link ALTER COLUMN crm_version SET DATA TYPE VARCHAR(4000);
