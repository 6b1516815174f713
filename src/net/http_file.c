#include "net/http_file.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "net/http_range.h"
#include "text/image_size.h"
#include "text/video_type.h"

enum { MAX_DISPOSITION_BYTES = 4096, MAX_FILE_HEADERS = 8 };

/* RFC 6266 with RFC 8187: the plain form for old readers, the encoded one for everybody else. */
static struct str disposition(struct ctx *c, const char *kind, struct str name)
{
	struct buf b;
	buf_init(&b, c->a, MAX_DISPOSITION_BYTES);
	buf_fmt(&b, "%s; filename=\"", kind);
	for (size_t i = 0; i < name.n; i++) {
		unsigned char byte = (unsigned char)name.p[i];
		buf_byte(&b, byte < ' ' || byte > '~' || byte == '"' || byte == '\\' || byte == '%' ? '_' : (char)byte);
	}
	buf_lit(&b, "\"; filename*=UTF-8''");
	for (size_t i = 0; i < name.n; i++) {
		unsigned char byte = (unsigned char)name.p[i];
		bool is_plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
		                (byte >= 'a' && byte <= 'z') || byte == '.' || byte == '-' || byte == '_';
		if (is_plain)
			buf_byte(&b, (char)byte);
		else
			buf_fmt(&b, "%%%02X", byte);
	}
	return buf_str(&b);
}

/* The type under which a browser shows it; the null string: it does not. */
static struct str shown_type(const struct http_file *f, struct str head)
{
	struct image_size image;
	struct video_type video;
	if (f->shows != HTTP_SHOWS_NOTHING && image_size(head, &image))
		return image.content_type;
	if (f->shows == HTTP_SHOWS_VIDEOS && video_type(head, &video))
		return video.content_type;
	if (f->shows == HTTP_SHOWS_VIDEOS && is_webvtt(head))
		return STR("text/vtt");
	return STR_NULL;
}

static void add(struct http_answer *out, struct http_header *headers, struct str name, struct str value)
{
	headers[out->header_n++] = (struct http_header){name, value};
}

static void answer_nothing(struct http_answer *out, int status)
{
	out->status = status;
	out->content_type = STR_NULL;
	out->body_fd = 0;
	out->body = STR("");
}

static bool is_whole(struct http_call *call, struct str etag)
{
	struct str if_range = http_header(call, "If-Range");
	return call->is_head || (!str_is_null(if_range) && !str_eq(if_range, etag));
}

/* In the order of RFC 9110 section 13.2.2. */
static void settle(struct ctx *c, struct http_call *call, struct str etag, int64_t size, struct http_header *headers,
                   struct http_answer *out)
{
	struct str if_match = http_header(call, "If-Match");
	if (!str_is_null(if_match) && !http_etag_is_in(if_match, etag, true)) {
		answer_nothing(out, 412);
		return;
	}
	if (http_etag_is_in(http_header(call, "If-None-Match"), etag, false)) {
		answer_nothing(out, 304);
		return;
	}
	enum http_range range = HTTP_RANGE_ALL;
	if (!is_whole(call, etag))
		range = http_range_read(http_header(call, "Range"), size, &out->body_from, &out->body_n);
	if (range == HTTP_RANGE_PART) {
		out->status = 206;
		add(out, headers, STR("Content-Range"), str_fmt(c->a, "bytes %lld-%lld/%lld", (long long)out->body_from,
		                                                (long long)(out->body_from + out->body_n - 1), (long long)size));
	} else if (range == HTTP_RANGE_NEVER) {
		answer_nothing(out, 416);
		add(out, headers, STR("Content-Range"), str_fmt(c->a, "bytes */%lld", (long long)size));
	}
}

enum err http_file_answer(struct ctx *c, struct http_call *call, const struct http_file *f, struct http_answer *out)
{
	char head[VIDEO_HEAD_BYTES];
	struct stat st;
	ssize_t n = pread(f->fd, head, sizeof(head), 0);
	if (n < 0 || fstat(f->fd, &st) != 0)
		return fail(c, ERR_INTERNAL, "the bytes of " STR_FMT " cannot be read", STR_ARG(f->name));
	struct str shown = shown_type(f, (struct str){head, (size_t)n});
	struct str etag = str_fmt(c->a, "\"" STR_FMT "\"", STR_ARG(f->etag));
	struct http_header *headers = NEW_ARRAY(c->a, MAX_FILE_HEADERS, struct http_header);
	*out = (struct http_answer){.status = 200, .headers = headers, .body_fd = f->fd};
	out->content_type = shown.n ? shown : STR("application/octet-stream");
	add(out, headers, STR("Content-Disposition"), disposition(c, shown.n ? "inline" : "attachment", f->name));
	add(out, headers, STR("X-Content-Type-Options"), STR("nosniff"));
	add(out, headers, STR("Content-Security-Policy"), STR("default-src 'none'; sandbox"));
	add(out, headers, STR("Accept-Ranges"), STR("bytes"));
	add(out, headers, STR("ETag"), etag);
	/* asked again each time: who may have it now may not in a minute */
	add(out, headers, STR("Cache-Control"), f->is_for_robots ? STR("public, no-cache") : STR("private, no-cache"));
	if (!f->is_for_robots)
		add(out, headers, STR("X-Robots-Tag"), STR("noindex"));
	settle(c, call, etag, st.st_size, headers, out);
	return OK;
}
