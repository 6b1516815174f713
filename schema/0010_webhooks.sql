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

-- Where the webhooks of an app go. failing_since 0: the latest call was answered well, or there was none.
CREATE TABLE webhook_target (
	app_id BIGINT PRIMARY KEY REFERENCES app (id),
	target_url TEXT NOT NULL,
	max_concurrent BIGINT NOT NULL,
	failing_since BIGINT NOT NULL,
	last_error TEXT,
	last_try_at BIGINT NOT NULL,
	last_good_at BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);

-- Events up to after_event_id happened before it was switched on.
CREATE TABLE webhook_subscription (
	id @id,
	app_id BIGINT NOT NULL REFERENCES app (id),
	event_type TEXT NOT NULL,
	object_type_id TEXT,
	property_name TEXT,
	is_active SMALLINT NOT NULL,
	after_event_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);
CREATE INDEX webhook_subscription_by_app ON webhook_subscription (app_id, id);
CREATE INDEX webhook_subscription_by_type ON webhook_subscription (event_type, id) WHERE is_active = 1;

-- Events up to this one have become deliveries.
CREATE TABLE webhook_reader (
	id SMALLINT PRIMARY KEY,
	last_event_id BIGINT NOT NULL
);
INSERT INTO webhook_reader (id, last_event_id) VALUES (1, 0);

-- One event for one subscription. body lacks the number of the attempt only. batch_id 0: it is not part of a request yet.
CREATE TABLE webhook_delivery (
	id @id,
	app_id BIGINT NOT NULL,
	subscription_id BIGINT NOT NULL,
	event_id BIGINT NOT NULL,
	event_type TEXT NOT NULL,
	object_id BIGINT NOT NULL,
	body TEXT NOT NULL,
	state TEXT NOT NULL,
	batch_id BIGINT NOT NULL,
	why TEXT,
	created_at BIGINT NOT NULL,
	settled_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX webhook_delivery_once ON webhook_delivery (event_id, subscription_id);
CREATE INDEX webhook_delivery_unsent ON webhook_delivery (app_id, state, batch_id, id) WHERE state = 'WAITING' AND batch_id = 0;
CREATE INDEX webhook_delivery_by_batch ON webhook_delivery (batch_id, id);
CREATE INDEX webhook_delivery_by_app ON webhook_delivery (app_id, id);
CREATE INDEX webhook_delivery_by_app_state ON webhook_delivery (app_id, state, id);
CREATE INDEX webhook_delivery_by_subscription ON webhook_delivery (subscription_id, id);
CREATE INDEX webhook_delivery_by_state ON webhook_delivery (state, id);

-- What goes out in one request, and is sent again as it was.
CREATE TABLE webhook_batch (
	id @id,
	app_id BIGINT NOT NULL,
	state TEXT NOT NULL,
	tries BIGINT NOT NULL,
	next_try_at BIGINT NOT NULL,
	lease_until BIGINT NOT NULL,
	created_at BIGINT NOT NULL
);
CREATE INDEX webhook_batch_waiting ON webhook_batch (app_id, next_try_at, id) WHERE state = 'WAITING';
CREATE INDEX webhook_batch_leased ON webhook_batch (app_id) WHERE lease_until > 0;

CREATE TABLE webhook_attempt (
	id @id,
	batch_id BIGINT NOT NULL,
	at BIGINT NOT NULL,
	number BIGINT NOT NULL,
	status BIGINT NOT NULL,
	duration_ms BIGINT NOT NULL,
	error TEXT,
	answer TEXT
);
CREATE INDEX webhook_attempt_by_batch ON webhook_attempt (batch_id, id);
