-- Which links were made and removed, by whom: a row for each pair of directions, told from the object that the verb named first.
CREATE TABLE link_change (
	id @id,
	at BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	from_id BIGINT NOT NULL,
	to_id BIGINT NOT NULL,
	type_id BIGINT NOT NULL,
	is_removed SMALLINT NOT NULL
);
CREATE INDEX link_change_by_from ON link_change (from_id, id);
CREATE INDEX link_change_by_to ON link_change (to_id, id);

-- The files of a ticket, whatever message they came with.
CREATE INDEX attachment_by_ticket ON attachment (ticket_id, id);
