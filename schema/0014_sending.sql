-- What somebody writes and has not sent yet. His alone: no other table refers to it, no search has its words.
CREATE TABLE draft (
	id @id,
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	ticket_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	version BIGINT NOT NULL,
	html TEXT NOT NULL,
	text TEXT NOT NULL,
	subject TEXT,
	recipients TEXT,
	channel_account_id BIGINT NOT NULL,
	in_reply_to_id BIGINT NOT NULL,
	is_forward SMALLINT NOT NULL,
	last_seen_id BIGINT NOT NULL,
	attachments TEXT,
	device TEXT,
	kept TEXT,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	UNIQUE (user_id, ticket_id, kind)
);
CREATE INDEX draft_by_time ON draft (user_id, updated_at, id);
CREATE INDEX draft_by_ticket ON draft (ticket_id);

-- Replies that are to be sent at a time, and can be taken back until then.
CREATE TABLE held_reply (
	id @id,
	ticket_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	state TEXT NOT NULL,
	send_at BIGINT NOT NULL,
	text TEXT NOT NULL,
	html TEXT,
	subject TEXT,
	recipients TEXT,
	channel_account_id BIGINT NOT NULL,
	thread_id BIGINT NOT NULL,
	in_reply_to_id BIGINT NOT NULL,
	is_forward SMALLINT NOT NULL,
	stage_id TEXT,
	properties TEXT,
	attachments TEXT,
	draft TEXT,
	problem TEXT,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);
CREATE INDEX held_reply_by_ticket ON held_reply (ticket_id, id);

-- What a pipeline does by itself with the status of its objects; empty: nothing.
ALTER TABLE pipeline ADD COLUMN sent_stage TEXT NOT NULL DEFAULT '';
ALTER TABLE pipeline ADD COLUMN received_stage TEXT NOT NULL DEFAULT '';
ALTER TABLE pipeline ADD COLUMN keeps_close_date SMALLINT NOT NULL DEFAULT 0;

-- Who has seen the newest message of a ticket: ids of users between blanks; * is everybody, for tickets that were there before.
ALTER TABLE object ADD COLUMN seen_by TEXT NOT NULL DEFAULT '*';
