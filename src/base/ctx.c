#include "base/ctx.h"

#include <stdarg.h>

#include "base/arena.h"

enum err fail(struct ctx *c, enum err code, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	c->why.detail = str_vfmt(c->a, fmt, ap);
	va_end(ap);
	c->why.code = code;
	return code;
}

enum err fail_field(struct ctx *c, struct str field, struct str code, const char *fmt, ...)
{
	struct field_fault *fault = NEW(c->a, struct field_fault);
	fault->field = str_dup(c->a, field);
	fault->code = code;
	va_list ap;
	va_start(ap, fmt);
	fault->message = str_vfmt(c->a, fmt, ap);
	va_end(ap);

	struct field_fault **end = &c->why.fields;
	while (*end != NULL)
		end = &(*end)->next;
	*end = fault;
	if (c->why.detail.n == 0)
		c->why.detail = fault->message;
	c->why.code = ERR_BAD_INPUT;
	return ERR_BAD_INPUT;
}

void fail_context(struct ctx *c, struct str key, struct str value)
{
	struct fail_context *entry = NEW(c->a, struct fail_context);
	entry->key = key;
	entry->value = str_dup(c->a, value);
	struct fail_context **end = &c->why.context;
	while (*end != NULL)
		end = &(*end)->next;
	*end = entry;
}

void fail_clear(struct ctx *c)
{
	c->why = (struct failure){0};
}
