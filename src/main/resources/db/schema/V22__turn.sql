-- What one instance does at a time, such as listening to the events of Salesforce, and which one does it now. The database's clock decides.
CREATE TABLE turn (
  name       VARCHAR(100) NOT NULL PRIMARY KEY,
  holder     VARCHAR(100) NOT NULL,
  expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);

-- CRMs whose hints wait in the queue because a person wants it so.
CREATE TABLE paused_crm (
  crm       VARCHAR(40) NOT NULL PRIMARY KEY,
  paused_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
