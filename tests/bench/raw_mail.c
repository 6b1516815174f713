/* raw_mail FILE MAIL PRODUCERS SECONDS: what taking in a mail costs at least. Parses the mail of the file MAIL with GMime, decodes its
 * parts, and inserts its raw bytes into SQLite, PRODUCERS mails to a durable commit. One thread, nobody waits for an answer.
 * Prints one line of JSON. */

#include <gmime/gmime.h>
#include <string.h>

#include "bench.h"

static size_t decoded_bytes;

static void decode(GMimeObject *parent, GMimeObject *part, gpointer user_data)
{
	(void)parent, (void)user_data;
	if (!GMIME_IS_PART(part))
		return;
	GMimeStream *out = g_mime_stream_mem_new();
	GMimeDataWrapper *content = g_mime_part_get_content(GMIME_PART(part));
	if (content != NULL)
		g_mime_data_wrapper_write_to_stream(content, out);
	decoded_bytes += (size_t)g_mime_stream_length(out);
	g_object_unref(out);
}

static void parse(const char *bytes, size_t n)
{
	GMimeStream *in = g_mime_stream_mem_new_with_buffer(bytes, n);
	GMimeParser *parser = g_mime_parser_new_with_stream(in);
	GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
	need(message != NULL, "MAIL cannot be parsed");
	g_mime_message_foreach(message, decode, NULL);
	decoded_bytes += strlen(g_mime_message_get_subject(message));
	g_object_unref(message);
	g_object_unref(parser);
	g_object_unref(in);
}

static char *read_mail(const char *path, size_t *n_out)
{
	static char room[1 << 20];
	FILE *f = fopen(path, "r");
	need(f != NULL, "MAIL");
	*n_out = fread(room, 1, sizeof(room), f);
	fclose(f);
	return room;
}

int main(int argc, char **argv)
{
	need(argc == 5, "raw_mail FILE MAIL PRODUCERS SECONDS");
	size_t bytes_n;
	char *bytes = read_mail(argv[2], &bytes_n);
	int group = atoi(argv[3]), n = 0;
	sqlite3 *s;
	need(sqlite3_open(argv[1], &s) == SQLITE_OK, "FILE");
	sqlite3_exec(s, "CREATE TABLE IF NOT EXISTS mail (id INTEGER PRIMARY KEY, at BIGINT NOT NULL, raw BLOB NOT NULL)", NULL, NULL, NULL);
	sqlite3_close(s);
	s = open_durable(argv[1]);
	sqlite3_stmt *begin = prepare(s, "BEGIN IMMEDIATE"), *commit = prepare(s, "COMMIT");
	sqlite3_stmt *insert = prepare(s, "INSERT INTO mail (at, raw) VALUES (?, ?)");
	g_mime_init();

	double from_s = now_s(), until_s = from_s + atof(argv[4]);
	while (now_s() < until_s) {
		run(begin);
		for (int i = 0; i < group; i++, n++) {
			parse(bytes, bytes_n);
			sqlite3_bind_int64(insert, 1, n);
			sqlite3_bind_blob64(insert, 2, bytes, bytes_n, SQLITE_STATIC);
			run(insert);
		}
		run(commit);
	}
	printf("{\"perSecond\":%.0f,\"n\":%d,\"decodedBytes\":%zu}\n", n / (now_s() - from_s), n, decoded_bytes);
	return 0;
}
