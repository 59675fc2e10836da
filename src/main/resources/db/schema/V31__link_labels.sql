-- What people know a deal by, so that they find it without its ids. Written with each sync; what was linked before has none until then.
ALTER TABLE link ADD COLUMN deal_name VARCHAR(400);
ALTER TABLE link ADD COLUMN customer VARCHAR(400);
