-- The library: what agents keep to put into texts. One row for each snippet, template, document or video, whatever its kind has beside
-- it; whoever is in audience sees it.
CREATE TABLE library_folder (
	id @id,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	name_key TEXT NOT NULL,
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	UNIQUE (kind, name_key)
);
CREATE TABLE library_item (
	id @id,
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	name_key TEXT NOT NULL,
	handle TEXT NOT NULL,
	words TEXT NOT NULL,
	folder_id BIGINT REFERENCES library_folder (id),
	audience TEXT NOT NULL,
	user_id BIGINT NOT NULL REFERENCES desk_user (id),
	use_n BIGINT NOT NULL,
	used_at BIGINT NOT NULL,
	created_at BIGINT NOT NULL,
	updated_at BIGINT NOT NULL,
	archived_at BIGINT NOT NULL
);
CREATE INDEX library_item_kind ON library_item (kind, archived_at, id);
CREATE INDEX library_item_folder ON library_item (folder_id) WHERE folder_id IS NOT NULL;
CREATE INDEX library_item_handle ON library_item (kind, handle) WHERE handle <> '';
CREATE TABLE library_team (
	item_id BIGINT NOT NULL REFERENCES library_item (id),
	team_id BIGINT NOT NULL REFERENCES team (id),
	PRIMARY KEY (item_id, team_id)
);

-- Snippets and templates: a text with tokens; templates have a subject too.
CREATE TABLE library_text (
	id BIGINT NOT NULL PRIMARY KEY REFERENCES library_item (id),
	subject TEXT NOT NULL,
	html TEXT NOT NULL,
	plain TEXT NOT NULL
);
