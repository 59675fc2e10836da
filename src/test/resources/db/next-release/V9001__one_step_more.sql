-- A step of a release that is not there yet, as the rules for a roll-out allow it: it only adds.
ALTER TABLE link ADD COLUMN note VARCHAR(100) DEFAULT 'none' NOT NULL;
CREATE TABLE note (id BIGINT PRIMARY KEY);
