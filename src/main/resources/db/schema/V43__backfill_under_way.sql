-- A run asks after each few records how many are on the queue of the sync.
CREATE INDEX backfill_record_under_way ON backfill_record (backfill_id, done_at, handed_at);
