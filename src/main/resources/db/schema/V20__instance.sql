-- The running processes that share this database. The database's clock says when each was last seen. Traits, routes and
-- what each holds are lines of name=value.
CREATE TABLE instance (
  id                 VARCHAR(100)  NOT NULL PRIMARY KEY,
  name               VARCHAR(300)  NOT NULL,
  traits             VARCHAR(8000) NOT NULL,
  routes             VARCHAR(8000) NOT NULL,
  holds              VARCHAR(8000) NOT NULL,
  clock_ahead_millis BIGINT        NOT NULL,
  started_at         TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  seen_at            TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
