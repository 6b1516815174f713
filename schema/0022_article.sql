-- Knowledge articles. An article has a text for each of its languages; one of them governs. What a text says is a row of
-- article_version: the newest is what is being written, the published one is what customers read.
CREATE TABLE article_category (
	id @id,
	names TEXT NOT NULL, -- JSON: language to name
	sort_order BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);

CREATE TABLE article (
	id @id,
	category_id BIGINT NOT NULL, -- 0: none
	lang TEXT NOT NULL,
	user_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);
CREATE INDEX article_by_update ON article (updated_at, id);

CREATE TABLE article_text (
	id @id,
	article_id BIGINT NOT NULL REFERENCES article (id),
	lang TEXT NOT NULL,
	slug TEXT NOT NULL,
	has_own_slug SMALLINT NOT NULL, -- somebody chose it; else it follows the title until the text is published
	draft_id BIGINT NOT NULL,
	published_id BIGINT NOT NULL, -- 0: nobody outside reads it
	first_published_at BIGINT NOT NULL,
	published_at BIGINT NOT NULL,
	version BIGINT NOT NULL,
	user_id BIGINT NOT NULL, -- who changed it last
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX article_text_by_lang ON article_text (article_id, lang);
CREATE INDEX article_text_published ON article_text (lang, id) WHERE published_id > 0;

CREATE TABLE article_version (
	id @id,
	text_id BIGINT NOT NULL REFERENCES article_text (id),
	title TEXT NOT NULL,
	subtitle TEXT NOT NULL,
	body TEXT NOT NULL, -- HTML, cleaned
	tags TEXT NOT NULL, -- JSON: a list of words
	products TEXT NOT NULL, -- JSON: what it is available with
	is_machine SMALLINT NOT NULL,
	user_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	published_at BIGINT NOT NULL -- 0: never
);
CREATE INDEX article_version_by_text ON article_version (text_id, id);

-- Where a text is found: its slug, and those it had while it was published.
CREATE TABLE article_slug (
	lang TEXT NOT NULL,
	slug TEXT NOT NULL,
	text_id BIGINT NOT NULL REFERENCES article_text (id),
	created_at BIGINT NOT NULL,
	PRIMARY KEY (lang, slug)
);
CREATE INDEX article_slug_by_text ON article_slug (text_id, created_at);

-- What a text is found by: words as desk/words makes them, with a blank before and behind each.
CREATE TABLE article_words (
	text_id BIGINT PRIMARY KEY REFERENCES article_text (id),
	words TEXT NOT NULL
);

-- Pictures. One is seen from outside while a published text shows it.
CREATE TABLE article_image (
	id @id,
	link_key TEXT NOT NULL,
	file_id BIGINT NOT NULL,
	user_id BIGINT NOT NULL,
	created_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX article_image_by_key ON article_image (link_key);
CREATE TABLE article_image_use (
	text_id BIGINT NOT NULL REFERENCES article_text (id),
	image_id BIGINT NOT NULL REFERENCES article_image (id),
	PRIMARY KEY (text_id, image_id)
);
CREATE INDEX article_image_use_by_image ON article_image_use (image_id, text_id);

-- Who publishes articles, beside those who administer.
ALTER TABLE desk_user ADD COLUMN publishes_articles SMALLINT NOT NULL DEFAULT 0;
