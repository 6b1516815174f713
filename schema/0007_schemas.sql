-- Types that users define: their names on screens, what is shown and found, who made them. A built-in type has neither time nor user.
ALTER TABLE object_type ADD COLUMN plural_label TEXT NOT NULL DEFAULT '';
ALTER TABLE object_type ADD COLUMN description TEXT NOT NULL DEFAULT '';
ALTER TABLE object_type ADD COLUMN secondary_properties TEXT NOT NULL DEFAULT '';
ALTER TABLE object_type ADD COLUMN searchable_properties TEXT NOT NULL DEFAULT '';
ALTER TABLE object_type ADD COLUMN is_custom SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE object_type ADD COLUMN created_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE object_type ADD COLUMN updated_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE object_type ADD COLUMN created_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE object_type ADD COLUMN updated_at BIGINT NOT NULL DEFAULT 0;
ALTER TABLE object_type ADD COLUMN archived_at BIGINT NOT NULL DEFAULT 0;

-- Values of unique properties other than a type's unique_key, in the form in which they are compared. Those of archived objects
-- are free for others.
CREATE TABLE unique_value (
	object_type BIGINT NOT NULL,
	property TEXT NOT NULL,
	value TEXT NOT NULL,
	object_id BIGINT NOT NULL REFERENCES object (id),
	PRIMARY KEY (object_type, property, value)
);
CREATE INDEX unique_value_by_object ON unique_value (object_id);
