-- What records are found by, beside their unique key: 'email', a further address of a contact; 'company', a domain of a company;
-- 'contact', the domain that says where a contact works. Made of their properties with every write that changes these.
CREATE TABLE record_key (
	kind TEXT NOT NULL,
	value TEXT NOT NULL,
	object_id BIGINT NOT NULL REFERENCES object (id),
	PRIMARY KEY (kind, value, object_id)
);
CREATE INDEX record_key_by_object ON record_key (object_id, kind);
