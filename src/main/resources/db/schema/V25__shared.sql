-- A sign-in that all instances share, sealed with partner-center.sign-in-key. Changes are counted, so that all notice them. Whoever asks Entra with
-- it is named here for as long as that takes at most, by the database's clock.
CREATE TABLE sign_in (
  name             VARCHAR(100) NOT NULL PRIMARY KEY,
  sealed           VARCHAR(40000),
  changes          BIGINT       NOT NULL,
  refreshed_by     VARCHAR(100),
  refreshing_until TIMESTAMP(6) WITH TIME ZONE
);
