-- Full text search. The words of objects, and of messages and comments, are tokens of text/words joined by blanks, each once; the
-- index over them belongs to the engine. search_due names what has changed and is not indexed yet: a row for each change, taken
-- away by whoever has indexed it. kind: 0 object, 1 message. is_again: nothing changed, all is indexed anew.

CREATE TABLE search_due (
	id @id,
	is_again SMALLINT NOT NULL,
	kind SMALLINT NOT NULL,
	about_id BIGINT NOT NULL
);
CREATE INDEX search_due_next ON search_due (is_again, id);

-- @sqlite
CREATE TABLE object_words (
	id INTEGER PRIMARY KEY,
	tokens TEXT NOT NULL
);
CREATE TABLE message_words (
	id INTEGER PRIMARY KEY,
	tokens TEXT NOT NULL
);

-- Which rows have a token, and no more: nothing is ranked, and where in the text a word stands is looked up for what is shown.
CREATE VIRTUAL TABLE object_index USING fts5 (tokens, content = 'object_words', content_rowid = 'id',
	tokenize = "ascii tokenchars '_'", detail = none, columnsize = 0);
CREATE VIRTUAL TABLE message_index USING fts5 (tokens, content = 'message_words', content_rowid = 'id',
	tokenize = "ascii tokenchars '_'", detail = none, columnsize = 0);
CREATE VIRTUAL TABLE object_token USING fts5vocab (object_index, instance);
CREATE VIRTUAL TABLE message_token USING fts5vocab (message_index, instance);

CREATE TRIGGER object_words_added AFTER INSERT ON object_words BEGIN
	INSERT INTO object_index (rowid, tokens) VALUES (new.id, new.tokens);
END;
CREATE TRIGGER object_words_changed AFTER UPDATE ON object_words BEGIN
	INSERT INTO object_index (object_index, rowid, tokens) VALUES ('delete', old.id, old.tokens);
	INSERT INTO object_index (rowid, tokens) VALUES (new.id, new.tokens);
END;
CREATE TRIGGER object_words_removed AFTER DELETE ON object_words BEGIN
	INSERT INTO object_index (object_index, rowid, tokens) VALUES ('delete', old.id, old.tokens);
END;
CREATE TRIGGER message_words_added AFTER INSERT ON message_words BEGIN
	INSERT INTO message_index (rowid, tokens) VALUES (new.id, new.tokens);
END;
CREATE TRIGGER message_words_changed AFTER UPDATE ON message_words BEGIN
	INSERT INTO message_index (message_index, rowid, tokens) VALUES ('delete', old.id, old.tokens);
	INSERT INTO message_index (rowid, tokens) VALUES (new.id, new.tokens);
END;
CREATE TRIGGER message_words_removed AFTER DELETE ON message_words BEGIN
	INSERT INTO message_index (message_index, rowid, tokens) VALUES ('delete', old.id, old.tokens);
END;

-- @postgresql
-- The vector is made of our tokens as they are: no parser, no dictionary and no configuration of the server comes near them.
CREATE TABLE object_words (
	id BIGINT PRIMARY KEY,
	tokens TEXT NOT NULL,
	vector TSVECTOR GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED
);
CREATE TABLE message_words (
	id BIGINT PRIMARY KEY,
	tokens TEXT NOT NULL,
	vector TSVECTOR GENERATED ALWAYS AS (array_to_tsvector(string_to_array(tokens, ' '))) STORED
);
CREATE INDEX object_words_by_token ON object_words USING gin (vector) WITH (fastupdate = on);
CREATE INDEX message_words_by_token ON message_words USING gin (vector) WITH (fastupdate = on);
