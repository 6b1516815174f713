-- Text is UTF-8 without NUL, times are unix milliseconds in UTC (0: never), booleans SMALLINT 0/1, ids 64 bit.
-- Names are those of docs/glossary.md. Tokens (@id, @blob) are explained in src/db/migrate.h.

CREATE TABLE setting (
	name TEXT PRIMARY KEY,
	value TEXT NOT NULL,
	updated_at BIGINT NOT NULL
);

-- People ---------------------------------------------------------------------------------------------------------

CREATE TABLE desk_user (
	id @id,
	email TEXT NOT NULL UNIQUE,
	first_name TEXT NOT NULL,
	last_name TEXT NOT NULL,
	password_hash TEXT NOT NULL,
	role SMALLINT NOT NULL,
	is_active SMALLINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);

-- What hubspot_owner_id points at; its id is not the user's id.
CREATE TABLE owner (
	id @id,
	user_id BIGINT NOT NULL UNIQUE REFERENCES desk_user (id),
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);

CREATE TABLE session (
	id @id,
	token_hash TEXT NOT NULL UNIQUE,
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);
CREATE INDEX session_by_user ON session (user_id);

CREATE TABLE api_token (
	id @id,
	token_hash TEXT NOT NULL UNIQUE,
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	name TEXT NOT NULL,
	scopes TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	revoked_at BIGINT NOT NULL
);

-- Failed sign-ins within a window, by address of the account and by address of the peer.
CREATE TABLE sign_in_failure (
	subject TEXT PRIMARY KEY,
	failure_n BIGINT NOT NULL,
	window_ends_at BIGINT NOT NULL
);

-- Objects: one mechanism for tickets, contacts, companies and what is to come ----------------------------------------

CREATE TABLE object_type (
	id BIGINT PRIMARY KEY,
	type_id TEXT NOT NULL UNIQUE,
	singular TEXT NOT NULL UNIQUE,
	plural TEXT NOT NULL UNIQUE,
	label TEXT NOT NULL,
	label_property TEXT NOT NULL,
	unique_property TEXT NOT NULL,
	created_property TEXT NOT NULL,
	modified_property TEXT NOT NULL,
	default_properties TEXT NOT NULL,
	required_properties TEXT NOT NULL,
	default_pipeline TEXT NOT NULL
);

CREATE TABLE property (
	object_type BIGINT NOT NULL REFERENCES object_type (id),
	name TEXT NOT NULL,
	label TEXT NOT NULL,
	description TEXT NOT NULL,
	type TEXT NOT NULL,
	field_type TEXT NOT NULL,
	group_name TEXT NOT NULL,
	options TEXT NOT NULL,
	kept_in TEXT NOT NULL,
	display_order BIGINT NOT NULL,
	is_read_only SMALLINT NOT NULL,
	is_calculated SMALLINT NOT NULL,
	is_hidden SMALLINT NOT NULL,
	is_unique SMALLINT NOT NULL,
	is_built_in SMALLINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL,
	PRIMARY KEY (object_type, name)
);

CREATE TABLE property_group (
	object_type BIGINT NOT NULL REFERENCES object_type (id),
	name TEXT NOT NULL,
	label TEXT NOT NULL,
	display_order BIGINT NOT NULL,
	archived_at BIGINT NOT NULL,
	PRIMARY KEY (object_type, name)
);

CREATE TABLE pipeline (
	object_type BIGINT NOT NULL REFERENCES object_type (id),
	id TEXT NOT NULL,
	label TEXT NOT NULL,
	display_order BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL,
	PRIMARY KEY (object_type, id)
);

CREATE TABLE stage (
	object_type BIGINT NOT NULL,
	pipeline_id TEXT NOT NULL,
	id TEXT NOT NULL,
	label TEXT NOT NULL,
	display_order BIGINT NOT NULL,
	is_closed SMALLINT NOT NULL,
	metadata TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL,
	PRIMARY KEY (object_type, pipeline_id, id),
	FOREIGN KEY (object_type, pipeline_id) REFERENCES pipeline (object_type, id)
);

-- The columns drive lists, queues and clocks; every other property is in props, a JSON object of strings.
CREATE TABLE object (
	id @id,
	object_type BIGINT NOT NULL REFERENCES object_type (id),
	version BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL,
	label TEXT NOT NULL,
	unique_key TEXT,
	pipeline_id TEXT,
	stage_id TEXT,
	is_closed SMALLINT NOT NULL,
	owner_id BIGINT NOT NULL,
	priority TEXT,
	activity_at BIGINT NOT NULL,
	closed_at BIGINT NOT NULL,
	contact_id BIGINT NOT NULL,
	preview TEXT,
	is_last_from_visitor SMALLINT NOT NULL,
	props TEXT NOT NULL
);
CREATE INDEX object_by_type ON object (object_type, archived_at, id);
CREATE INDEX object_by_activity ON object (object_type, archived_at, is_closed, activity_at, id);
CREATE INDEX object_by_owner ON object (object_type, archived_at, is_closed, owner_id, activity_at, id);
CREATE INDEX object_by_contact ON object (object_type, contact_id, activity_at, id);
CREATE UNIQUE INDEX object_by_key ON object (object_type, unique_key) WHERE unique_key IS NOT NULL AND archived_at = 0;

-- One row per write: what it changed, as {"property": "new value"}; null where it cleared one.
CREATE TABLE object_change (
	id @id,
	object_id BIGINT NOT NULL REFERENCES object (id),
	at BIGINT NOT NULL,
	source_type TEXT NOT NULL,
	source_id TEXT,
	user_id BIGINT NOT NULL,
	changes TEXT NOT NULL
);
CREATE INDEX object_change_by_object ON object_change (object_id, id);

-- Every link is two rows, one for each direction, with the type id of that direction.
CREATE TABLE association (
	from_id BIGINT NOT NULL REFERENCES object (id),
	to_type BIGINT NOT NULL,
	to_id BIGINT NOT NULL REFERENCES object (id),
	type_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (from_id, to_type, to_id, type_id)
);

CREATE TABLE association_type (
	type_id BIGINT PRIMARY KEY,
	inverse_id BIGINT NOT NULL,
	from_type BIGINT NOT NULL,
	to_type BIGINT NOT NULL,
	name TEXT NOT NULL,
	label TEXT,
	category TEXT NOT NULL,
	is_primary SMALLINT NOT NULL
);
CREATE INDEX association_type_by_pair ON association_type (from_type, to_type, type_id);

-- Conversations ----------------------------------------------------------------------------------------------------

CREATE TABLE inbox (
	id @id,
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);

-- One instance of a channel: for email, one team address.
CREATE TABLE channel_account (
	id @id,
	inbox_id BIGINT NOT NULL REFERENCES inbox (id),
	channel_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	address TEXT NOT NULL,
	pipeline_id TEXT NOT NULL,
	stage_id TEXT NOT NULL,
	is_active SMALLINT NOT NULL,
	created_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX channel_account_by_address ON channel_account (channel_id, address) WHERE archived_at = 0;

-- An IMAP mailbox that feeds a channel account. The password is sealed with the key of the data directory.
CREATE TABLE mailbox (
	id @id,
	channel_account_id BIGINT NOT NULL REFERENCES channel_account (id),
	host TEXT NOT NULL,
	port BIGINT NOT NULL,
	security TEXT NOT NULL,
	username TEXT NOT NULL,
	password_sealed TEXT NOT NULL,
	folder TEXT NOT NULL,
	ca_file TEXT,
	is_active SMALLINT NOT NULL,
	state TEXT NOT NULL,
	last_error TEXT,
	uid_validity BIGINT NOT NULL,
	last_uid BIGINT NOT NULL,
	last_sync_at BIGINT NOT NULL,
	lease_until BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);

CREATE TABLE thread (
	id @id,
	ticket_id BIGINT NOT NULL REFERENCES object (id),
	inbox_id BIGINT NOT NULL REFERENCES inbox (id),
	channel_id BIGINT NOT NULL,
	channel_account_id BIGINT NOT NULL REFERENCES channel_account (id),
	contact_id BIGINT NOT NULL,
	is_closed SMALLINT NOT NULL,
	is_spam SMALLINT NOT NULL,
	assigned_user_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	closed_at BIGINT NOT NULL,
	latest_at BIGINT NOT NULL,
	latest_sent_at BIGINT NOT NULL,
	latest_received_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);
CREATE INDEX thread_by_ticket ON thread (ticket_id, id);
CREATE INDEX thread_by_latest ON thread (archived_at, latest_at, id);
CREATE INDEX thread_by_contact ON thread (contact_id, id);

CREATE TABLE message (
	id @id,
	thread_id BIGINT NOT NULL REFERENCES thread (id),
	ticket_id BIGINT NOT NULL REFERENCES object (id),
	type TEXT NOT NULL,
	direction TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	subject TEXT,
	text TEXT NOT NULL,
	html TEXT,
	user_id BIGINT NOT NULL,
	contact_id BIGINT NOT NULL,
	sender_name TEXT,
	sender_address TEXT,
	recipients TEXT NOT NULL,
	reply_to TEXT,
	mail_id TEXT,
	in_reply_to TEXT,
	mail_references TEXT,
	in_reply_to_id BIGINT NOT NULL,
	source_id BIGINT NOT NULL,
	state TEXT NOT NULL,
	client_type TEXT NOT NULL,
	is_automatic SMALLINT NOT NULL,
	notes TEXT
);
CREATE INDEX message_by_ticket ON message (ticket_id, id);
CREATE INDEX message_by_thread ON message (thread_id, id);

-- Every Message-ID that a thread has met: those of its own mails and those they refer to, also where we never saw that mail.
CREATE TABLE mail_ref (
	mail_id TEXT NOT NULL,
	thread_id BIGINT NOT NULL REFERENCES thread (id),
	message_id BIGINT NOT NULL,
	PRIMARY KEY (mail_id, thread_id)
);

-- Who takes part in a thread by mail. Somebody else who names one of its mails does not join it.
CREATE TABLE participant (
	thread_id BIGINT NOT NULL REFERENCES thread (id),
	address TEXT NOT NULL,
	PRIMARY KEY (thread_id, address)
);

CREATE TABLE attachment (
	id @id,
	message_id BIGINT NOT NULL REFERENCES message (id),
	ticket_id BIGINT NOT NULL,
	name TEXT NOT NULL,
	content_type TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,
	blob TEXT NOT NULL,
	content_id TEXT,
	is_inline SMALLINT NOT NULL
);
CREATE INDEX attachment_by_message ON attachment (message_id, id);

-- The raw source of every inbound mail, written before it is acknowledged. Its bytes are the blob of that name.
CREATE TABLE mail_source (
	id @id,
	received_at BIGINT NOT NULL,
	channel TEXT NOT NULL,
	channel_account_id BIGINT NOT NULL REFERENCES channel_account (id),
	return_path TEXT,
	address TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,
	blob TEXT NOT NULL,
	dedupe_key TEXT NOT NULL UNIQUE,
	state TEXT NOT NULL,
	decision TEXT,
	subject TEXT,
	sender TEXT,
	message_id BIGINT NOT NULL,
	is_first_sync SMALLINT NOT NULL
);
CREATE INDEX mail_source_by_state ON mail_source (state, id);

-- One row per recipient of an outgoing mail.
CREATE TABLE outbox (
	id @id,
	message_id BIGINT NOT NULL REFERENCES message (id),
	ticket_id BIGINT NOT NULL,
	address TEXT NOT NULL,
	subject TEXT,
	state TEXT NOT NULL,
	tries BIGINT NOT NULL,
	last_error TEXT,
	reply TEXT,
	queued_at BIGINT NOT NULL,
	next_try_at BIGINT NOT NULL,
	sent_at BIGINT NOT NULL
);
CREATE INDEX outbox_by_state ON outbox (state, id);
CREATE INDEX outbox_by_message ON outbox (message_id, id);

-- What happened, and what is to be done ------------------------------------------------------------------------------

CREATE TABLE event (
	id @id,
	kind TEXT NOT NULL,
	at BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	about_id BIGINT NOT NULL,
	ticket_id BIGINT NOT NULL,
	message_id BIGINT NOT NULL,
	body TEXT
);
CREATE INDEX event_by_about ON event (about_id, id);

CREATE TABLE job (
	id @id,
	kind TEXT NOT NULL,
	lane BIGINT NOT NULL,
	about_id BIGINT NOT NULL,
	body TEXT,
	run_at BIGINT NOT NULL,
	tries BIGINT NOT NULL,
	lease_until BIGINT NOT NULL,
	last_error TEXT,
	put_aside_at BIGINT NOT NULL,
	created_at BIGINT NOT NULL
);
CREATE INDEX job_due ON job (put_aside_at, lane, run_at, id);
