-- One thing done to all tickets of a list, by a job: which tickets is settled when it is asked for, in parts of ids (JSON), each of them
-- removed in the transaction that does it. body has what is done, acts the ids of ticket_act that undo it, both as JSON.
CREATE TABLE ticket_bulk (
	id @id,
	user_id BIGINT NOT NULL,
	kind TEXT NOT NULL,
	body TEXT NOT NULL,
	state TEXT NOT NULL,
	problem TEXT,
	total_n BIGINT NOT NULL,
	done_n BIGINT NOT NULL,
	failed_n BIGINT NOT NULL,
	acts TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	ended_at BIGINT NOT NULL
);
CREATE INDEX ticket_bulk_by_user ON ticket_bulk (user_id, id);
CREATE INDEX ticket_bulk_by_time ON ticket_bulk (created_at, id);
CREATE TABLE ticket_bulk_part (
	bulk_id BIGINT NOT NULL REFERENCES ticket_bulk (id),
	part BIGINT NOT NULL,
	ids TEXT NOT NULL,
	PRIMARY KEY (bulk_id, part)
);
CREATE TABLE ticket_bulk_failure (
	bulk_id BIGINT NOT NULL REFERENCES ticket_bulk (id),
	ticket_id BIGINT NOT NULL,
	status BIGINT NOT NULL,
	message TEXT NOT NULL,
	PRIMARY KEY (bulk_id, ticket_id)
);
