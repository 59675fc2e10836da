-- When the first attempt at a create was noted; begun_at moves on with each further one. Releases before this one leave it out.
ALTER TABLE intent ADD COLUMN first_at TIMESTAMP(6) WITH TIME ZONE;
UPDATE intent SET first_at = begun_at;
