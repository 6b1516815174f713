-- Videos, under the ids of their items in the library: their files, and what the browser that had them first says of them.
CREATE TABLE video (
	id BIGINT NOT NULL PRIMARY KEY REFERENCES library_item (id),
	file_id BIGINT NOT NULL,
	poster_id BIGINT NOT NULL,
	captions_id BIGINT NOT NULL,
	captions_language TEXT NOT NULL,
	content_type TEXT NOT NULL,
	size_bytes BIGINT NOT NULL,
	duration_ms BIGINT NOT NULL,
	width BIGINT NOT NULL,
	height BIGINT NOT NULL,
	is_recorded SMALLINT NOT NULL
);
