-- What keeps a ticket out of the open queues. snoozed_by is a user; 0: it is not snoozed.
ALTER TABLE object ADD COLUMN snoozed_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE object ADD COLUMN snoozed_by BIGINT NOT NULL DEFAULT 0;
ALTER TABLE object ADD COLUMN spam_at BIGINT NOT NULL DEFAULT 0;
CREATE INDEX object_by_snooze ON object (snoozed_until, id) WHERE snoozed_until > 0;
CREATE INDEX object_by_spam ON object (spam_at, id) WHERE spam_at > 0;

-- Mail from these addresses (lower case) becomes spam.
CREATE TABLE blocked_sender (
	id @id,
	address TEXT NOT NULL UNIQUE,
	user_id BIGINT NOT NULL,
	blocked_at BIGINT NOT NULL
);

-- What somebody did to one or to many tickets in one step, so that it can be told and taken back. ticket_act_row.body has what it
-- takes to undo it for that ticket, as JSON; it goes with its ticket.
CREATE TABLE ticket_act (
	id @id,
	kind TEXT NOT NULL,
	user_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	undone_at BIGINT NOT NULL
);
CREATE INDEX ticket_act_by_time ON ticket_act (at, id);
CREATE TABLE ticket_act_row (
	act_id BIGINT NOT NULL REFERENCES ticket_act (id),
	ticket_id BIGINT NOT NULL,
	other_id BIGINT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (act_id, ticket_id)
);
CREATE INDEX ticket_act_row_by_ticket ON ticket_act_row (ticket_id, act_id);
CREATE INDEX ticket_act_row_by_other ON ticket_act_row (other_id, act_id) WHERE other_id > 0;
