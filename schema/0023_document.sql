-- Documents: an item of the library whose bytes are a private file. A new version gets a new number and other bytes, and keeps all links.
-- picture_state: WAITING (the job that makes its pictures has not run yet), READY, NONE (they could not be made).
CREATE TABLE document (
	id BIGINT NOT NULL PRIMARY KEY REFERENCES library_item (id),
	file_id BIGINT NOT NULL REFERENCES file (id),
	format TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,
	version BIGINT NOT NULL,
	page_n BIGINT NOT NULL,
	picture_state TEXT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);
CREATE INDEX document_by_file ON document (file_id);

-- Pictures of its pages, of its newest version only; page 0 is the small one of the first page.
CREATE TABLE document_picture (
	document_id BIGINT NOT NULL REFERENCES document (id),
	page BIGINT NOT NULL,
	blob TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,
	width BIGINT NOT NULL,
	height BIGINT NOT NULL,
	PRIMARY KEY (document_id, page)
);
CREATE INDEX document_picture_by_blob ON document_picture (blob);

-- Links by which people outside see an item of the library (a document, a video). The token is kept as a hash, to be found by, and sealed,
-- to be shown again to who made it. email null: for anyone who has the link.
CREATE TABLE share_link (
	id @id,
	kind TEXT NOT NULL,
	item_id BIGINT NOT NULL REFERENCES library_item (id),
	token_hash TEXT NOT NULL,
	sealed_token TEXT NOT NULL,
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	email TEXT,
	contact_id BIGINT NOT NULL,
	ticket_id BIGINT NOT NULL,
	asks_email SMALLINT NOT NULL,
	may_download SMALLINT NOT NULL,
	expires_at BIGINT NOT NULL,
	revoked_at BIGINT NOT NULL,
	visit_n BIGINT NOT NULL,
	last_visit_at BIGINT NOT NULL,
	told_at BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX share_link_by_token ON share_link (token_hash);
CREATE INDEX share_link_by_item ON share_link (item_id, id);
CREATE INDEX share_link_by_ticket ON share_link (ticket_id, item_id) WHERE ticket_id > 0;
CREATE INDEX share_link_by_email ON share_link (email) WHERE email IS NOT NULL;
CREATE INDEX share_link_by_contact ON share_link (contact_id) WHERE contact_id > 0;

-- Somebody looked: only where more than a program that follows links was at work (desk/share_link.h). key_hash: of his cookie.
CREATE TABLE share_visit (
	id @id,
	link_id BIGINT NOT NULL REFERENCES share_link (id),
	item_id BIGINT NOT NULL,
	key_hash TEXT NOT NULL,
	email TEXT,
	visible_ms BIGINT NOT NULL,
	download_n BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	last_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX share_visit_by_key ON share_visit (link_id, key_hash);
CREATE INDEX share_visit_by_item ON share_visit (item_id, id);
CREATE INDEX share_visit_by_email ON share_visit (email) WHERE email IS NOT NULL;
CREATE INDEX share_visit_by_age ON share_visit (created_at);

-- How long each page stood before his eyes; of a video, a page is a part of it.
CREATE TABLE share_visit_page (
	visit_id BIGINT NOT NULL REFERENCES share_visit (id),
	page BIGINT NOT NULL,
	visible_ms BIGINT NOT NULL,
	PRIMARY KEY (visit_id, page)
);

-- A notification need not be of a ticket any more (ticket_id 0): then it is of an item of the library.
-- @sqlite
CREATE TABLE notification_new (
	id @id,
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	topic TEXT NOT NULL,
	happening TEXT NOT NULL,
	detail TEXT,
	ticket_id BIGINT NOT NULL,
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
INSERT INTO notification_new SELECT * FROM notification;
DROP TABLE notification;
ALTER TABLE notification_new RENAME TO notification;
CREATE INDEX notification_by_user ON notification (user_id, in_bell, id);
CREATE INDEX notification_unread ON notification (user_id, in_bell, id) WHERE read_at = 0;
CREATE INDEX notification_by_ticket ON notification (ticket_id, user_id, id);
CREATE INDEX notification_by_age ON notification (created_at);
-- @postgresql
ALTER TABLE notification DROP CONSTRAINT notification_ticket_id_fkey;
-- @both
ALTER TABLE notification ADD COLUMN item_id BIGINT NOT NULL DEFAULT 0;
CREATE INDEX notification_by_visitor ON notification (detail) WHERE item_id > 0;
