-- A program that is connected to the desk: it gets webhooks, and may act for users by OAuth. The secret signs what we send to it and
-- proves who it is; it is sealed with the key of the data directory. Of the developer key the hash is kept only.
CREATE TABLE app (
	id @id,
	name TEXT NOT NULL,
	client_id TEXT NOT NULL UNIQUE,
	secret_sealed TEXT NOT NULL,
	developer_key_hash TEXT NOT NULL UNIQUE,
	redirect_uris TEXT NOT NULL,
	scopes TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);
