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
-- What goes for good: what is long in the recycle bin, and what leads to it.
CREATE INDEX object_by_archive ON object (archived_at) WHERE archived_at > 0;
CREATE INDEX association_by_to ON association (to_id);
CREATE INDEX mail_ref_by_thread ON mail_ref (thread_id);
CREATE INDEX participant_by_address ON participant (address, thread_id);
CREATE INDEX mail_source_by_message ON mail_source (message_id) WHERE message_id > 0;
CREATE INDEX unique_value_by_object ON unique_value (object_id);
