-- What a customer sees of a quote: each publishing makes a version that stays as it was then, with a link of its own. body is JSON, the
-- PDF is the blob of that name once it is made. address_hash: keyed, of where the answer came from.
CREATE TABLE quote_version (
	id @id,
	quote_id BIGINT NOT NULL,
	version BIGINT NOT NULL,
	token TEXT NOT NULL,
	number TEXT NOT NULL,
	state TEXT NOT NULL,
	body TEXT NOT NULL,
	pdf_blob TEXT NOT NULL,
	pdf_size_bytes BIGINT NOT NULL,
	published_at BIGINT NOT NULL,
	published_by BIGINT NOT NULL,
	expires_at BIGINT NOT NULL,
	viewed_at BIGINT NOT NULL,
	answered_at BIGINT NOT NULL,
	answer_name TEXT NOT NULL,
	answer_reason TEXT NOT NULL,
	address_hash TEXT NOT NULL,
	recalled_at BIGINT NOT NULL,
	recalled_by BIGINT NOT NULL
);
CREATE UNIQUE INDEX quote_version_by_token ON quote_version (token);
CREATE UNIQUE INDEX quote_version_by_quote ON quote_version (quote_id, version);
CREATE INDEX quote_version_by_blob ON quote_version (pdf_blob);

-- The newest number that a quote of this desk got. The row is locked until the publishing that takes a number has ended, so that there
-- are neither gaps nor doubles.
CREATE TABLE quote_counter (
	id BIGINT PRIMARY KEY,
	newest BIGINT NOT NULL
);
INSERT INTO quote_counter (id, newest) VALUES (1, 0);
