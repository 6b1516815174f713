-- Files and their folders. A file's bytes are the blob of that name; folder 0 is the root, -1 is outside of all folders (what came
-- with a message).
CREATE TABLE folder (
	id @id,
	parent_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	path TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX folder_by_name ON folder (parent_id, name) WHERE archived_at = 0;
CREATE INDEX folder_by_path ON folder (path);

CREATE TABLE file (
	id @id,
	folder_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	extension TEXT NOT NULL,
	type TEXT NOT NULL,
	encoding TEXT NOT NULL,
	content_type TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,
	width BIGINT NOT NULL,
	height BIGINT NOT NULL,
	access TEXT NOT NULL,
	is_usable SMALLINT NOT NULL,
	blob TEXT NOT NULL,
	link_key TEXT NOT NULL,
	user_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX file_by_name ON file (folder_id, name, extension) WHERE archived_at = 0 AND folder_id >= 0;
CREATE UNIQUE INDEX file_by_key ON file (link_key);
CREATE INDEX file_by_blob ON file (blob);
CREATE INDEX file_by_expiry ON file (expires_at) WHERE expires_at > 0;
CREATE INDEX file_by_archive ON file (archived_at) WHERE archived_at > 0;

-- What a file or folder is asked to do later: its job, and what came of it.
CREATE TABLE file_task (
	id @id,
	kind TEXT NOT NULL,
	state TEXT NOT NULL,
	body TEXT NOT NULL,
	result_id BIGINT NOT NULL,
	error TEXT,
	user_id BIGINT NOT NULL,
	requested_at BIGINT NOT NULL,
	started_at BIGINT NOT NULL,
	completed_at BIGINT NOT NULL
);

-- Whose bytes are a blob? Asked before it is removed.
CREATE INDEX attachment_by_blob ON attachment (blob);
CREATE INDEX mail_source_by_blob ON mail_source (blob);

-- The file that an attachment is: what API clients call fileId.
ALTER TABLE attachment ADD COLUMN file_id BIGINT NOT NULL DEFAULT 0;
INSERT INTO file (folder_id, name, extension, type, encoding, content_type, size_bytes, width, height, access, is_usable, blob,
	link_key, user_id, created_at, updated_at, expires_at, archived_at)
	SELECT -1, a.name, '', 'OTHER', '', a.content_type, a.size_bytes, 0, 0, 'HIDDEN_PRIVATE', 0, a.blob,
		'attachment ' || a.id, 0, m.created_at, m.created_at, 0, 0
	FROM attachment a JOIN message m ON m.id = a.message_id;
UPDATE attachment SET file_id = COALESCE((SELECT f.id FROM file f WHERE f.link_key = 'attachment ' || attachment.id), 0);
