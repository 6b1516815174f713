-- How many objects an object may be linked to by a type, where a user has set fewer than the desk allows; 0: he has not.
ALTER TABLE association_type ADD COLUMN max_to_objects BIGINT NOT NULL DEFAULT 0;

-- The id that the next type of links made by a user gets; built-in ones are below. None is given twice.
CREATE TABLE association_type_number (
	id SMALLINT PRIMARY KEY,
	number BIGINT NOT NULL
);
INSERT INTO association_type_number (id, number) VALUES (1, 1000001);

-- Links by the types that users made: who removes such a type removes them.
CREATE INDEX association_by_label ON association (type_id) WHERE type_id > 1000000;

-- Objects that are near the limit of their links, as somebody has asked for.
CREATE TABLE association_report (
	id @id,
	user_id BIGINT NOT NULL,
	asked_by BIGINT NOT NULL,
	asked_at BIGINT NOT NULL,
	made_at BIGINT NOT NULL,
	is_complete SMALLINT NOT NULL,
	body TEXT NOT NULL
);
CREATE INDEX association_report_by_user ON association_report (user_id, id);

-- Lists of objects that somebody keeps by hand, and the folders they are in. Folder 0 is the root.
CREATE TABLE list_folder (
	id @id,
	parent_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	user_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);

CREATE TABLE object_list (
	id @id,
	object_type BIGINT NOT NULL,
	name TEXT NOT NULL,
	name_key TEXT NOT NULL,
	folder_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	size BIGINT NOT NULL,
	created_by BIGINT NOT NULL,
	updated_by BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX object_list_by_name ON object_list (object_type, name_key) WHERE archived_at = 0;
CREATE INDEX object_list_archived ON object_list (archived_at) WHERE archived_at > 0;

CREATE TABLE list_member (
	list_id BIGINT NOT NULL REFERENCES object_list (id),
	object_id BIGINT NOT NULL,
	added_at BIGINT NOT NULL,
	PRIMARY KEY (list_id, object_id)
);
CREATE INDEX list_member_by_time ON list_member (list_id, added_at, object_id);
CREATE INDEX list_member_by_object ON list_member (object_id, list_id);
