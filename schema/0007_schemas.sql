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

-- Values that objects are found by, other than a type's unique_key, in the form in which they are compared. slot is 0 where the
-- value is one object's alone, and the object's id where several may have it. Archived objects have none here.
CREATE TABLE unique_value (
	object_type BIGINT NOT NULL,
	property TEXT NOT NULL,
	value TEXT NOT NULL,
	slot BIGINT NOT NULL,
	object_id BIGINT NOT NULL REFERENCES object (id),
	PRIMARY KEY (object_type, property, value, slot)
);
CREATE INDEX unique_value_by_object ON unique_value (object_id);
