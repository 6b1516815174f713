#include "api/file_answer.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/num.h"
#include "text/image_size.h"

enum { MAGIC_BYTES = 64, MAX_DISPOSITION_BYTES = 4096 };

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

enum range_kind { RANGE_NONE, RANGE_PART, RANGE_NEVER };

/* "bytes=0-99", "bytes=100-", "bytes=-5". Several at once, and what is no range, count as none: all of it is the answer then. */
static enum range_kind read_range(struct str header, int64_t size, int64_t *from, int64_t *n)
{
	int64_t last = size - 1;
	if (!str_starts_nocase(header, STR("bytes=")))
		return RANGE_NONE;
	struct str rest = str_trim(str_skip(header, 6)), first = str_cut(&rest, STR("-"));
	if (str_is_null(rest) || (first.n == 0 && rest.n == 0) || (first.n > 0 && (!num_parse_int(first, from) || *from < 0)) ||
	    (rest.n > 0 && (!num_parse_int(rest, &last) || last < 0)))
		return RANGE_NONE;
	if (first.n == 0) {
		*from = last < size ? size - last : 0;
		last = last == 0 ? -1 : size - 1;
	} else if (rest.n > 0 && last < *from) {
		return RANGE_NONE;
	}
	last = last < size ? last : size - 1;
	if (*from > last)
		return RANGE_NEVER;
	*n = last - *from + 1;
	return RANGE_PART;
}

static void set_range(struct ctx *c, const struct req *q, struct res *r, struct str etag, int64_t size)
{
	struct str if_range = http_header(q->http, "If-Range");
	struct str range = http_header(q->http, "Range");
	if (!str_is_null(if_range) && !str_eq(if_range, etag))
		range = STR_NULL;
	switch (read_range(range, size, &r->fd_from, &r->fd_n)) {
	case RANGE_PART:
		r->status = 206;
		res_header(r, STR("Content-Range"), str_fmt(c->a, "bytes %lld-%lld/%lld", (long long)r->fd_from,
		                                            (long long)(r->fd_from + r->fd_n - 1), (long long)size));
		break;
	case RANGE_NEVER:
		r->status = 416;
		r->fd = 0;
		r->content_type = STR_NULL;
		r->raw = STR("");
		res_header(r, STR("Content-Range"), str_fmt(c->a, "bytes */%lld", (long long)size));
		break;
	case RANGE_NONE:
		break;
	}
}

enum err res_file(struct ctx *c, const struct req *q, struct res *r, const struct file_answer *f)
{
	char magic[MAGIC_BYTES];
	struct image_size image;
	struct stat st;
	ssize_t n = pread(f->fd, magic, sizeof(magic), 0);
	if (n < 0 || fstat(f->fd, &st) != 0)
		return fail(c, ERR_INTERNAL, "the bytes of " STR_FMT " cannot be read", STR_ARG(f->name));
	bool is_shown = image_size((struct str){magic, (size_t)n}, &image);
	struct str etag = str_fmt(c->a, "\"" STR_FMT "\"", STR_ARG(f->etag));
	r->fd = f->fd;
	r->content_type = is_shown ? image.content_type : STR("application/octet-stream");
	res_header(r, STR("Content-Disposition"), disposition(c, is_shown ? "inline" : "attachment", f->name));
	res_header(r, STR("X-Content-Type-Options"), STR("nosniff"));
	res_header(r, STR("Content-Security-Policy"), STR("default-src 'none'; sandbox"));
	res_header(r, STR("Accept-Ranges"), STR("bytes"));
	res_header(r, STR("ETag"), etag);
	if (!f->is_for_robots)
		res_header(r, STR("X-Robots-Tag"), STR("noindex"));
	if (str_eq(http_header(q->http, "If-None-Match"), etag)) {
		r->status = 304;
		r->fd = 0;
		r->content_type = STR_NULL;
		r->raw = STR("");
		return OK;
	}
	set_range(c, q, r, etag, st.st_size);
	return OK;
}
