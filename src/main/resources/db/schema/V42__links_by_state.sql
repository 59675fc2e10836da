-- People ask for what is parked in all CRMs. With the CRM first, that was no help, and H2 read every link.
DROP INDEX link_by_state;
CREATE INDEX link_by_state ON link (state, crm);
