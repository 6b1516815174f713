#include "base/log.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/clock.h"
#include "base/ctx.h"

enum { MAX_LINE_BYTES = 2000 };

static _Atomic int lowest_level = LOG_INFO;

void log_set_level(enum log_level level)
{
	lowest_level = level;
}

/* Bytes below space and DEL become \xNN; UTF-8 passes. */
static size_t escape_into(char *out, size_t room, const char *text)
{
	size_t n = 0;
	for (; *text != '\0' && n + 5 < room; text++) {
		unsigned char byte = (unsigned char)*text;
		if (byte >= ' ' && byte != 0x7f)
			out[n++] = (char)byte;
		else
			n += (size_t)snprintf(out + n, room - n, "\\x%02x", byte);
	}
	return n;
}

__attribute__((format(printf, 3, 0))) static void write_line(enum log_level level, struct str request_id,
                                                             const char *fmt, va_list ap)
{
	static const char names[][6] = {"debug", "info", "warn", "error"};
	char text[MAX_LINE_BYTES], escaped[MAX_LINE_BYTES], line[2 * MAX_LINE_BYTES], at[25];

	if ((int)level < lowest_level)
		return;
	vsnprintf(text, sizeof(text), fmt, ap);
	size_t n = escape_into(escaped, sizeof(escaped), text);
	time_iso_into(at, clock_ms());
	int line_n = snprintf(line, sizeof(line), "%s %s %.*s%s%.*s\n", at, names[level], STR_ARG(request_id),
	                      request_id.n ? " " : "", (int)n, escaped);
	/* one write, so that lines of several threads do not mix */
	if (line_n > 0)
		fwrite(line, 1, (size_t)line_n, stderr);
}

void log_info(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	write_line(LOG_INFO, STR_NULL, fmt, ap);
	va_end(ap);
}

void log_warn(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	write_line(LOG_WARN, STR_NULL, fmt, ap);
	va_end(ap);
}

__attribute__((format(printf, 3, 4))) static void write_line_of(enum log_level level, struct str request_id,
                                                                const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	write_line(level, request_id, fmt, ap);
	va_end(ap);
}

void log_failure(const struct ctx *c, enum err e, struct str doing)
{
	enum log_level level = err_http(e) >= 500 ? LOG_ERROR : LOG_DEBUG;
	struct str why = c->why.detail.n ? c->why.detail : err_sentence(e);
	write_line_of(level, c->request_id, STR_FMT ": %s: " STR_FMT, STR_ARG(doing), err_name(e), STR_ARG(why));
}

void log_refusal(const struct ctx *c, enum err e, struct str doing)
{
	write_line_of(LOG_INFO, c->request_id, STR_FMT ": %s", STR_ARG(doing), err_name(e));
}
