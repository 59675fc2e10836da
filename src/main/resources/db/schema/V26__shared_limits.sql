-- Calls to a system on a day (UTC), as all instances have counted them so far.
CREATE TABLE call_count (
  system VARCHAR(40) NOT NULL,
  on_day DATE        NOT NULL,
  calls  BIGINT      NOT NULL,
  PRIMARY KEY (system, on_day)
);
INSERT INTO call_count (system, on_day, calls)
  SELECT 'salesforce', CAST(SUBSTR(position, 1, 10) AS DATE), CAST(SUBSTR(position, 12) AS BIGINT)
  FROM watermark WHERE source = 'salesforce-calls';
DELETE FROM watermark WHERE source = 'salesforce-calls';

-- Until when a system wants to be left alone by all instances, by the database's clock.
CREATE TABLE pause (
  system   VARCHAR(40) NOT NULL PRIMARY KEY,
  until_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
