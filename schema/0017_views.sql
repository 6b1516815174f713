-- Open tickets, few of many, with everything that lists are filtered and sorted by.
CREATE INDEX object_open_ticket ON object (object_type, owner_id, activity_at, id, created_at, priority, stage_id, pipeline_id)
	WHERE object_type = 5 AND archived_at = 0 AND is_closed = 0;

-- Views that people make: filters as a search has them, an order, and columns. Whoever is in audience sees the view, and in it only
-- what he may see anyway.
CREATE TABLE ticket_view (
	id @id,
	name TEXT NOT NULL,
	filter_groups TEXT NOT NULL,
	sort TEXT NOT NULL,
	columns TEXT NOT NULL,
	audience TEXT NOT NULL,
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);
CREATE TABLE ticket_view_team (
	view_id BIGINT NOT NULL REFERENCES ticket_view (id),
	team_id BIGINT NOT NULL REFERENCES team (id),
	PRIMARY KEY (view_id, team_id)
);
