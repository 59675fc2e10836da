-- What a link is parked for: the code of each cause with the field or rule it is about, one a line. Links that an earlier version parked, or
-- parks beside this one, have none; they are shown by what their reasons have in common.
ALTER TABLE link ADD COLUMN causes VARCHAR(2000);
-- The code of what people are told of. What an earlier version writes beside this one has none.
ALTER TABLE alert_matter ADD COLUMN code VARCHAR(20);
ALTER TABLE alert_letter ADD COLUMN code VARCHAR(20);
