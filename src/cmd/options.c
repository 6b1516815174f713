#include "cmd/options.h"

#include <stdlib.h>

#include "base/arena.h"

static const struct flag *find_flag(const struct flag *flags, size_t n, struct str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(str_c(flags[i].name), name))
			return &flags[i];
	return NULL;
}

static void set(struct options *o, const struct flag *f, struct str value)
{
	char *member = (char *)o + f->offset;
	if (f->value == NULL)
		*(bool *)member = !str_eq(value, STR("0")) && !str_eq(value, STR("false"));
	else
		*(struct str *)member = value;
}

static struct str env_name(struct ctx *c, const char *flag)
{
	struct str flagged = str_c(flag);
	char *name = arena_alloc(c->a, flagged.n + 9);
	struct str prefix = STR("BELLHOP_");
	for (size_t i = 0; i < prefix.n; i++)
		name[i] = prefix.p[i];
	for (size_t i = 0; i < flagged.n; i++) {
		char byte = flagged.p[i];
		name[prefix.n + i] = byte == '-' ? '_' : byte >= 'a' && byte <= 'z' ? (char)(byte - 32) : byte;
	}
	return (struct str){name, prefix.n + flagged.n};
}

static enum err read_words(struct ctx *c, const struct flag *flags, size_t n, int argc, char **argv, struct options *o)
{
	for (int i = 0; i < argc; i++) {
		struct str rest = str_c(argv[i]);
		if (!str_starts(rest, STR("--")))
			return fail(c, ERR_BAD_INPUT, "\"%s\" is not expected here", argv[i]);
		rest = str_skip(rest, 2);
		struct str name = str_cut(&rest, STR("="));
		const struct flag *f = find_flag(flags, n, name);
		if (f == NULL)
			return fail(c, ERR_BAD_INPUT, "there is no flag --" STR_FMT " here", STR_ARG(name));
		if (f->value != NULL && str_is_null(rest)) {
			if (i + 1 == argc)
				return fail(c, ERR_BAD_INPUT, "--%s needs a value: --%s %s", f->name, f->name,
				            f->value);
			rest = str_c(argv[++i]);
		}
		set(o, f, f->value == NULL && str_is_null(rest) ? STR("1") : rest);
	}
	return OK;
}

enum err options_read(struct ctx *c, const struct flag *flags, size_t flag_n, int argc, char **argv,
                      struct options *out)
{
	*out = (struct options){0};
	for (size_t i = 0; i < flag_n; i++) {
		const char *from_env = getenv(env_name(c, flags[i].name).p);
		if (from_env != NULL && from_env[0] != '\0')
			set(out, &flags[i], str_c(from_env));
		else if (flags[i].otherwise != NULL)
			set(out, &flags[i], str_c(flags[i].otherwise));
	}
	TRY(read_words(c, flags, flag_n, argc, argv, out));
	for (size_t i = 0; i < flag_n; i++) {
		const struct str *value = (const struct str *)(const void *)((const char *)out + flags[i].offset);
		if (flags[i].is_required && value->n == 0)
			return fail(c, ERR_BAD_INPUT, "--%s %s is missing", flags[i].name, flags[i].value);
	}
	return OK;
}
