-- Who wants to hear nothing of a ticket, not even when he is named in it; but that it became his, and of what he asks to be reminded.
CREATE TABLE ticket_mute (
	ticket_id BIGINT NOT NULL REFERENCES object (id),
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	created_at BIGINT NOT NULL,
	PRIMARY KEY (ticket_id, user_id)
);

-- When a user wants to be told of a ticket; the row goes when he is.
CREATE TABLE reminder (
	ticket_id BIGINT NOT NULL REFERENCES object (id),
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	remind_at BIGINT NOT NULL,
	note TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (ticket_id, user_id)
);
CREATE INDEX reminder_by_user ON reminder (user_id, remind_at);
