-- What a pair waits for: moves that are held back and deadlines. A sync writes it with its other columns; due_at is when to look again.
ALTER TABLE link ADD COLUMN waits VARCHAR(4000);
ALTER TABLE link ADD COLUMN due_at TIMESTAMP(6) WITH TIME ZONE;
-- Written by a person alone, so that a sync that ends at the same time does not undo the approval.
ALTER TABLE link ADD COLUMN approved_at TIMESTAMP(6) WITH TIME ZONE;
CREATE INDEX link_by_due ON link (due_at);
