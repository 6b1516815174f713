-- Who is named in a comment, as its cleaned HTML says.
CREATE TABLE mention (
	message_id BIGINT NOT NULL REFERENCES message (id),
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	PRIMARY KEY (message_id, user_id)
);
CREATE INDEX mention_by_user ON mention (user_id, message_id);

-- Who follows a ticket; is_following 0: who wants to hear nothing of it, although it is his.
CREATE TABLE follow (
	ticket_id BIGINT NOT NULL REFERENCES object (id),
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	is_following SMALLINT NOT NULL,
	created_at BIGINT NOT NULL,
	PRIMARY KEY (ticket_id, user_id)
);
CREATE INDEX follow_by_user ON follow (user_id, is_following, ticket_id);

-- What a user is told: topic is why, happening is what. The channels are those that he had on for the topic when it happened.
-- mailed_at 0: not yet; it stays so where by_mail is 0.
CREATE TABLE notification (
	id @id,
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	topic TEXT NOT NULL,
	happening TEXT NOT NULL,
	detail TEXT,
	ticket_id BIGINT NOT NULL REFERENCES object (id),
	message_id BIGINT NOT NULL,
	actor_user_id BIGINT NOT NULL,
	in_bell SMALLINT NOT NULL,
	as_popup SMALLINT NOT NULL,
	in_browser SMALLINT NOT NULL,
	by_mail SMALLINT NOT NULL,
	created_at BIGINT NOT NULL,
	read_at BIGINT NOT NULL,
	mailed_at BIGINT NOT NULL
);
CREATE INDEX notification_by_user ON notification (user_id, in_bell, id);
CREATE INDEX notification_unread ON notification (user_id, in_bell, id) WHERE read_at = 0;
CREATE INDEX notification_by_ticket ON notification (ticket_id, user_id, id);
CREATE INDEX notification_by_age ON notification (created_at);

-- How many mails of one topic went to an address on a day (days since 1970).
CREATE TABLE notification_day (
	address TEXT NOT NULL,
	topic TEXT NOT NULL,
	day BIGINT NOT NULL,
	mail_n BIGINT NOT NULL,
	PRIMARY KEY (address, topic, day)
);
CREATE INDEX notification_day_by_day ON notification_day (day);

-- A comment that its author has changed, or taken back.
ALTER TABLE message ADD COLUMN edited_at BIGINT NOT NULL DEFAULT 0;
