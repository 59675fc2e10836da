-- Who may create a customer's account or contact at present: one sync of all instances. The key is a digest of what the match rules compare.
CREATE TABLE customer_lease (
  lease_key  VARCHAR(100) NOT NULL PRIMARY KEY,
  holder     VARCHAR(100) NOT NULL,
  expires_at TIMESTAMP(6) WITH TIME ZONE NOT NULL
);
CREATE INDEX customer_lease_by_holder ON customer_lease (holder);
