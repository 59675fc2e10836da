-- Which record a row that belongs to it hangs on: a system that reports a deleted row tells no more than the row's own id.
CREATE TABLE part_row (
  crm       VARCHAR(40)  NOT NULL,
  row_id    VARCHAR(100) NOT NULL,
  record_id VARCHAR(100) NOT NULL,
  PRIMARY KEY (crm, row_id)
);

-- Deals that were won and may have to be registered. OPEN waits, all others are finished.
CREATE TABLE deal_registration (
  referral_id VARCHAR(100) NOT NULL PRIMARY KEY,
  crm_id      VARCHAR(100),
  won_at      TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  state       VARCHAR(20)  NOT NULL,
  reason      VARCHAR(4000),
  looked_at   TIMESTAMP(6) WITH TIME ZONE
);
CREATE INDEX deal_registration_by_state ON deal_registration (state, looked_at);
