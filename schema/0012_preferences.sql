-- What a user likes, by the names of desk/preference_table.c; what he never set has no row.
CREATE TABLE user_preference (
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	name TEXT NOT NULL,
	value TEXT NOT NULL,
	updated_at BIGINT NOT NULL,
	PRIMARY KEY (user_id, name)
);
