#include "api/file_answer.h"

enum err res_file(struct ctx *c, const struct req *q, struct res *r, const struct http_file *f)
{
	struct http_answer answer;
	TRY(http_file_answer(c, q->http, f, &answer));
	r->status = answer.status;
	r->content_type = answer.content_type;
	r->raw = answer.body;
	r->fd = answer.body_fd;
	r->fd_from = answer.body_from;
	r->fd_n = answer.body_n;
	for (size_t i = 0; i < answer.header_n; i++)
		res_header(r, answer.headers[i].name, answer.headers[i].value);
	return OK;
}
