-- The channels that were told of a matter, one a line; null where the release before wrote it, which notes none.
ALTER TABLE alert_matter ADD COLUMN told VARCHAR(4000);
-- Letters that were tried in one message go in one again; null before the first attempt, and where the release before made it.
ALTER TABLE alert_letter ADD COLUMN batch VARCHAR(40);
