-- Teams, invitations, programs that ask for access (OAuth), writes that may come twice, calls counted, and settings of the account.

CREATE TABLE team (
	id @id,
	name TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);

CREATE TABLE team_member (
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	team_id BIGINT NOT NULL REFERENCES team (id),
	is_primary SMALLINT NOT NULL,
	PRIMARY KEY (user_id, team_id)
);
CREATE INDEX team_member_by_team ON team_member (team_id, user_id);
CREATE UNIQUE INDEX team_member_primary ON team_member (user_id) WHERE is_primary = 1;

-- A link by which a user sets a password, once. One for each user: the newest.
CREATE TABLE invitation (
	user_id BIGINT PRIMARY KEY REFERENCES desk_user (id),
	token_hash TEXT NOT NULL UNIQUE,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);

CREATE INDEX api_token_by_user ON api_token (user_id);

-- A user's consent that an app (0010) acts for him: first a code, then a refresh token, and access tokens made from it.
CREATE TABLE app_grant (
	id @id,
	app_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	scopes TEXT NOT NULL,
	redirect_url TEXT NOT NULL,
	code_hash TEXT NOT NULL UNIQUE,
	code_expires_at BIGINT NOT NULL,
	code_used_at BIGINT NOT NULL,
	refresh_hash TEXT UNIQUE,
	created_at BIGINT NOT NULL,
	revoked_at BIGINT NOT NULL
);
CREATE INDEX app_grant_by_user ON app_grant (user_id);
CREATE INDEX app_grant_by_app ON app_grant (app_id);

CREATE TABLE app_access (
	id @id,
	grant_id BIGINT NOT NULL REFERENCES app_grant (id),
	token_hash TEXT NOT NULL UNIQUE,
	created_at BIGINT NOT NULL,
	expires_at BIGINT NOT NULL
);
CREATE INDEX app_access_by_grant ON app_access (grant_id);
CREATE INDEX app_access_by_end ON app_access (expires_at);

-- Answers of writes that were sent with a key, so that the same write sent again is not done again.
CREATE TABLE kept_answer (
	id @id,
	caller TEXT NOT NULL,
	key_hash TEXT NOT NULL,
	request_hash TEXT NOT NULL,
	status BIGINT NOT NULL,
	headers TEXT NOT NULL,
	body TEXT,
	created_at BIGINT NOT NULL,
	UNIQUE (caller, key_hash)
);
CREATE INDEX kept_answer_by_time ON kept_answer (created_at);

-- Calls of a token on a day of the account's time zone.
CREATE TABLE api_usage (
	day TEXT NOT NULL,
	caller TEXT NOT NULL,
	call_n BIGINT NOT NULL,
	PRIMARY KEY (day, caller)
);
