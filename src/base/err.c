#include "base/err.h"

static const struct {
	const char *name;
	int http;
	int lmtp;
	bool is_worth_retrying;
	struct str category;
	struct str sentence;
} rows[] = {
#define ERR(name, http, lmtp, again, category, sentence) {#name, http, lmtp, again, {category, sizeof(category) - 1}, \
                                                          {sentence, sizeof(sentence) - 1}},
#include "base/err.def"
#undef ERR
};

const char *err_name(enum err e)
{
	return rows[e].name;
}

int err_http(enum err e)
{
	return rows[e].http;
}

int err_lmtp(enum err e)
{
	return rows[e].lmtp;
}

struct str err_category(enum err e)
{
	return rows[e].category;
}

struct str err_sentence(enum err e)
{
	return rows[e].sentence;
}

bool err_is_worth_retrying(enum err e)
{
	return rows[e].is_worth_retrying;
}
