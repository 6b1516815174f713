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

-- Custom channels: message services of others, connected by their programs. Their ids begin where those of our own channels end.
CREATE TABLE custom_channel (
	id BIGINT PRIMARY KEY,
	name TEXT NOT NULL,
	capabilities TEXT NOT NULL,
	webhook_url TEXT,
	redirect_url TEXT,
	description TEXT,
	logo_url TEXT,
	app_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);

-- A connection that an administrator began, and the other program completes.
CREATE TABLE channel_staging (
	token TEXT PRIMARY KEY,
	channel_id BIGINT NOT NULL,
	inbox_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL
);

-- Which thread is the conversation that the other side calls this?
CREATE TABLE channel_thread (
	channel_account_id BIGINT NOT NULL,
	integration_id TEXT NOT NULL,
	thread_id BIGINT NOT NULL,
	PRIMARY KEY (channel_account_id, integration_id)
);
CREATE INDEX channel_thread_by_thread ON channel_thread (thread_id);

-- What was published, by the other side's own ids, so that nothing is there twice.
CREATE TABLE channel_message (
	channel_id BIGINT NOT NULL,
	integration_id TEXT NOT NULL,
	message_id BIGINT NOT NULL,
	PRIMARY KEY (channel_id, integration_id)
);

-- Who is behind an identifier of that channel (channel 0: a phone number, the same on all of them).
CREATE TABLE channel_visitor (
	channel_id BIGINT NOT NULL,
	identifier TEXT NOT NULL,
	contact_id BIGINT NOT NULL,
	PRIMARY KEY (channel_id, identifier)
);

-- Answers on their way to the other program.
CREATE TABLE channel_outbox (
	id @id,
	channel_id BIGINT NOT NULL,
	message_id BIGINT NOT NULL REFERENCES message (id),
	ticket_id BIGINT NOT NULL,
	state TEXT NOT NULL,
	tries BIGINT NOT NULL,
	last_error TEXT,
	queued_at BIGINT NOT NULL,
	next_try_at BIGINT NOT NULL,
	sent_at BIGINT NOT NULL
);
CREATE INDEX channel_outbox_by_state ON channel_outbox (channel_id, state, id);
CREATE UNIQUE INDEX channel_outbox_by_message ON channel_outbox (message_id);

ALTER TABLE channel_account ADD COLUMN identifier_type TEXT NOT NULL DEFAULT 'HS_EMAIL_ADDRESS';
ALTER TABLE channel_account ADD COLUMN is_authorized SMALLINT NOT NULL DEFAULT 1;
-- an account of a custom channel may have no identifier
DROP INDEX channel_account_by_address;
CREATE UNIQUE INDEX channel_account_by_address ON channel_account (channel_id, address) WHERE archived_at = 0 AND address <> '';

-- Of what kind the address of a sender is; null: an email address.
ALTER TABLE message ADD COLUMN sender_type TEXT;
