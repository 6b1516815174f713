#pragma once

#include <string.h>

#include "base/check.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/html_clean.h"
#include "text/html_css.h"

/* For the test and the fuzzer of html_clean only: a reader of its own, which understands nothing but what may come
 * out. It shares no table and no code with the cleaner; whatever it does not expect ends the process. */

struct html_check {
	const char *p;
	const char *end;
	struct str open[MAX_HTML_DEPTH];
	size_t depth;
};

static inline bool check_listed(const char *list, struct str name)
{
	const char *hit = list;
	while ((hit = memmem(hit, strlen(hit), name.p, name.n)) != NULL) {
		if (hit > list && hit[-1] == ' ' && hit[name.n] == ' ')
			return name.n > 0;
		hit++;
	}
	return false;
}

static inline bool check_take(struct html_check *k, const char *literal)
{
	size_t n = strlen(literal);
	if ((size_t)(k->end - k->p) < n || memcmp(k->p, literal, n) != 0)
		return false;
	k->p += n;
	return true;
}

static inline struct str check_take_name(struct html_check *k)
{
	const char *from = k->p;
	while (k->p < k->end && ((*k->p >= 'a' && *k->p <= 'z') || (*k->p >= '0' && *k->p <= '9') || *k->p == '-'))
		k->p++;
	return (struct str){from, (size_t)(k->p - from)};
}

/* At '&': only the five references that the cleaner writes. */
static inline void check_reference(struct html_check *k)
{
	check(check_take(k, "&amp;") || check_take(k, "&lt;") || check_take(k, "&gt;") || check_take(k, "&quot;")
	      || check_take(k, "&#39;"));
}

static inline void check_byte(struct html_check *k)
{
	unsigned char byte = (unsigned char)*k->p;
	check(byte != '<' && byte != '>' && byte != 0x7f && (byte >= 0x20 || byte == '\t' || byte == '\n'));
	if (byte == '&')
		check_reference(k);
	else
		k->p++;
}

/* A style as it is written, without the names of fonts between its quotes. */
static inline struct str check_without_strings(struct str s, char room[MAX_STYLE_BYTES])
{
	size_t n = 0;
	bool is_string = false;
	check(s.n <= MAX_STYLE_BYTES * 5);
	for (size_t i = 0; i < s.n; i++) {
		bool is_quote = str_starts(str_skip(s, i), STR("&#39;"));
		i += is_quote ? 4 : 0;
		is_string = is_string != is_quote;
		check(n < MAX_STYLE_BYTES);
		if (is_quote || !is_string)
			room[n++] = is_quote ? '\'' : s.p[i];
		else
			check(strchr("\\();:/&", s.p[i]) == NULL);
	}
	check(!is_string);
	return (struct str){room, n};
}

static inline void check_style(struct str value)
{
	static const char *const words[] = {"url", "expression", "var", "attr", "calc", "image", "env"};
	static const char *const functions[] = {"rgb", "rgba", "hsl", "hsla"};
	static const char *const properties[] = {
		"position:", "z-index:", "behavior:", "-moz", "top:", "left:", "content:", "filter:",
	};
	char room[MAX_STYLE_BYTES];
	struct str s = check_without_strings(value, room);
	for (size_t i = 0; i < s.n; i++) {
		struct str here = str_skip(s, i);
		bool is_start = i == 0 || s.p[i - 1] == ';';
		check(strchr("\\@{}!<>*=[]~`$^|?\"&", s.p[i]) == NULL);
		bool is_minus = s.p[i] == '-' && (i == 0 || strchr(" :,/(", s.p[i - 1]) != NULL);
		check(!is_minus || (here.n > 1 && (here.p[1] | 32) >= 'a' && (here.p[1] | 32) <= 'z'));
		bool is_fine = s.p[i] != '(';
		for (size_t f = 0; f < 4; f++)
			is_fine = is_fine || str_ends(str_head(s, i), str_c(functions[f]));
		check(is_fine);
		for (size_t w = 0; w < sizeof(words) / sizeof(words[0]); w++)
			check(!str_starts_nocase(here, str_c(words[w])) ||
			      !str_starts(str_skip(here, strlen(words[w])), STR("(")));
		for (size_t w = 0; w < sizeof(properties) / sizeof(properties[0]); w++)
			check(!is_start || !str_starts_nocase(here, str_c(properties[w])));
	}
}

static inline bool check_is_web(struct str url)
{
	return (str_starts(url, STR("http://")) && url.n > 7) || (str_starts(url, STR("https://")) && url.n > 8);
}

static inline void check_value(struct str name, struct str value, enum html_images images)
{
	if (str_eq(name, STR("href")))
		check(check_is_web(value) || str_starts(value, STR("mailto:")) || str_starts(value, STR("tel:")));
	if (str_eq(name, STR("data-remote-src")))
		check(images == HTML_IMAGES_HELD && check_is_web(value));
	if (str_eq(name, STR("data-cid")))
		check(images == HTML_IMAGES_HELD);
	if (str_eq(name, STR("src")))
		check((images == HTML_IMAGES_LIVE && (check_is_web(value) || str_starts(value, STR("cid:")))) ||
		      (images == HTML_IMAGES_SERVED && str_starts(value, STR("/"))));
	if (str_eq(name, STR("style")))
		check_style(value);
	if (str_eq(name, STR("rel")))
		check(str_eq(value, STR("noopener noreferrer nofollow")));
	if (str_eq(name, STR("target")))
		check(str_eq(value, STR("_blank")));
}

static inline void check_attrs(struct html_check *k, enum html_images images)
{
	static const char allowed[] =
		" style title dir lang align href rel target src data-cid data-remote-src data-user-id data-card data-call-out alt hspace vspace"
		" border width height cellpadding cellspacing bgcolor valign colspan rowspan nowrap span"
		" color face size start type value noshade ";
	bool has_href = false, has_rel = false, has_target = false;
	while (check_take(k, " ")) {
		struct str name = check_take_name(k);
		check(check_listed(allowed, name));
		check(check_take(k, "=\""));
		const char *from = k->p;
		while (k->p < k->end && *k->p != '"')
			check_byte(k);
		check_value(name, (struct str){from, (size_t)(k->p - from)}, images);
		check(check_take(k, "\""));
		has_href = has_href || str_eq(name, STR("href"));
		has_rel = has_rel || str_eq(name, STR("rel"));
		has_target = has_target || str_eq(name, STR("target"));
	}
	check(has_href == has_rel && has_href == has_target);
}

static inline void check_tag(struct html_check *k, enum html_images images)
{
	static const char voids[] = " br hr img wbr col ";
	static const char pairs[] =
		" a abbr address article aside b bdi bdo big blockquote caption center cite code colgroup dd del"
		" dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header i ins kbd li main"
		" mark nav ol p pre q rp rt ruby s samp section small span strike strong sub sup table tbody"
		" td tfoot th thead tr tt u ul var ";
	if (check_take(k, "</")) {
		struct str name = check_take_name(k);
		check(k->depth > 0 && str_eq(k->open[--k->depth], name));
		check(check_take(k, ">"));
		return;
	}
	check(check_take(k, "<"));
	struct str name = check_take_name(k);
	bool is_void = check_listed(voids, name);
	check(is_void || check_listed(pairs, name));
	check_attrs(k, images);
	check(check_take(k, ">"));
	if (is_void)
		return;
	check(k->depth < MAX_HTML_DEPTH);
	k->open[k->depth++] = name;
}

static inline void check_clean_html(struct str html, enum html_images images)
{
	struct html_check k = {.p = html.p, .end = html.p + html.n};
	check(utf8_is_valid(html));
	while (k.p < k.end) {
		if (*k.p == '<')
			check_tag(&k, images);
		else
			check_byte(&k);
	}
	check(k.depth == 0);
}
