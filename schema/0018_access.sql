-- Who may see and do what. A user has a seat (0 service, 1 sales, 2 core, 3 view only) and says of tickets what he may see, change,
-- delete and answer: 0 all, 1 those of his teams, 2 his own, 3 none, 4 and 5 as 1 and 2 with those of nobody (enum reach).
ALTER TABLE desk_user ADD COLUMN seat SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE desk_user ADD COLUMN ticket_view SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE desk_user ADD COLUMN ticket_edit SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE desk_user ADD COLUMN ticket_delete SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE desk_user ADD COLUMN ticket_communicate SMALLINT NOT NULL DEFAULT 0;
UPDATE desk_user SET seat = 2 WHERE role = 3;

-- Whom a ticket is shared with, as its properties hs_shared_user_ids and hs_shared_team_ids say: for lists. One of the two is 0.
CREATE TABLE ticket_share (
	ticket_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	team_id BIGINT NOT NULL,
	PRIMARY KEY (ticket_id, user_id, team_id)
);
CREATE INDEX ticket_share_by_user ON ticket_share (user_id, ticket_id) WHERE user_id > 0;
CREATE INDEX ticket_share_by_team ON ticket_share (team_id, ticket_id) WHERE team_id > 0;

-- Who sees the tickets of a pipeline; one without rows is open to all.
CREATE TABLE pipeline_access (
	object_type BIGINT NOT NULL,
	pipeline_id TEXT NOT NULL,
	user_id BIGINT NOT NULL,
	team_id BIGINT NOT NULL,
	PRIMARY KEY (object_type, pipeline_id, user_id, team_id)
);
