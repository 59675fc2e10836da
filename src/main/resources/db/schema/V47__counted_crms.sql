-- The CRMs for which a job counts its records, with commas between; one that is added later is none of them. Builds before this leave it out.
ALTER TABLE backfill ADD COLUMN crms VARCHAR(1000);
