-- Types that callers may read only, as feedback: what fills them is the desk itself.
ALTER TABLE object_type ADD COLUMN is_read_only SMALLINT NOT NULL DEFAULT 0;

-- Objects that were merged into another one. Their ids and unique values go on meaning that one.
CREATE TABLE object_merge (
	id BIGINT PRIMARY KEY,
	object_type BIGINT NOT NULL,
	unique_key TEXT,
	into_id BIGINT NOT NULL,
	at BIGINT NOT NULL
);
CREATE INDEX object_merge_by_key ON object_merge (object_type, unique_key);
CREATE INDEX object_merge_by_into ON object_merge (into_id);
