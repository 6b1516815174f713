-- How an object came here, and who made and last changed it (0: the desk itself).
ALTER TABLE object ADD COLUMN source TEXT;
ALTER TABLE object ADD COLUMN created_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE object ADD COLUMN updated_by BIGINT NOT NULL DEFAULT 0;
UPDATE object SET
	source = (SELECT source_type FROM object_change WHERE object_id = object.id ORDER BY id LIMIT 1),
	created_by = COALESCE((SELECT user_id FROM object_change WHERE object_id = object.id ORDER BY id LIMIT 1), 0),
	updated_by = COALESCE((SELECT user_id FROM object_change WHERE object_id = object.id ORDER BY id DESC LIMIT 1), 0);
UPDATE property SET kept_in = 'source' WHERE is_built_in = 1 AND name IN ('hs_object_source', 'hs_object_source_label');
UPDATE property SET kept_in = 'created_by' WHERE is_built_in = 1 AND name IN ('hs_created_by_user_id', 'hs_object_source_user_id');
UPDATE property SET kept_in = 'updated_by' WHERE is_built_in = 1 AND name = 'hs_updated_by_user_id';

-- These two were the caller's to write, and are the desk's now.
UPDATE property SET is_read_only = 1, is_calculated = 1
	WHERE is_built_in = 1 AND ((object_type = 8 AND name = 'amount') OR (object_type = 14 AND name = 'hs_quote_amount'));

-- What people have to do on their way through a pipeline. Lists of names and ids are separated by blanks; empty: no such rule.
ALTER TABLE pipeline ADD COLUMN entry_stages TEXT NOT NULL DEFAULT '';
ALTER TABLE pipeline ADD COLUMN forbids_skipping SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE pipeline ADD COLUMN forbids_going_back SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE stage ADD COLUMN demands TEXT NOT NULL DEFAULT '';

-- Where property has one of the values (a JSON list), the other ones are shown, and some of them needed.
CREATE TABLE property_rule (
	id @id,
	object_type BIGINT NOT NULL REFERENCES object_type (id),
	property TEXT NOT NULL,
	option_values TEXT NOT NULL,
	shows TEXT NOT NULL,
	demands TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);
CREATE INDEX property_rule_by_type ON property_rule (object_type, id);
