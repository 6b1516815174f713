/* What is done to a mail before the transaction that takes it in: its HTML cleaned, its images and files on disk,
 * its texts cut to what a message may have. None of it is seen by anybody until a row names it. */

#include "desk/conversation_int.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "desk/env.h"
#include "store/blob.h"
#include "text/html_clean.h"
#include "text/html_text.h"

enum { MAX_DATA_IMAGES = 50 };

struct data_images {
	struct ctx *c;
	struct file_in files[MAX_DATA_IMAGES];
	size_t n;
};

/* An image that came inside of the HTML becomes an inline file. */
static struct str keep_data_image(void *self, struct str media_type, struct str base64)
{
	struct data_images *images = self;
	struct arena *a = images->c->a;
	if (images->n == MAX_DATA_IMAGES)
		return STR_NULL;
	size_t n = 0;
	unsigned char *bytes = arena_alloc(a, base64.n / 4 * 3 + 4);
	if (sodium_base642bin(bytes, base64.n / 4 * 3 + 3, base64.p, base64.n, " \t\r\n", &n, NULL,
	                      sodium_base64_VARIANT_ORIGINAL) != 0 ||
	    n == 0)
		return STR_NULL;
	struct str subtype = media_type;
	str_cut(&subtype, STR("/"));
	struct file_in *file = &images->files[images->n++];
	file->content_type = str_dup(a, media_type);
	file->name = str_fmt(a, "image-%zu." STR_FMT, images->n, STR_ARG(subtype));
	file->content_id = str_fmt(a, "data-%zu", images->n);
	file->is_inline = true;
	file->bytes = (struct str){(const char *)bytes, n};
	return file->content_id;
}

static enum err clean_html(struct ctx *c, struct receive_in *in)
{
	struct data_images *images = NEW(c->a, struct data_images);
	images->c = c;
	const struct html_clean_options options = {.data_image = keep_data_image, .self = images};
	struct str clean;
	if (str_is_null(in->html))
		return OK;
	enum err e = html_clean(c, in->html, &options, &clean);
	if (e == ERR_TOO_BIG) {
		fail_clear(c);
		in->notes = str_fmt(c->a, STR_FMT "The HTML is larger than allowed; only the text is shown.\n",
		                    STR_ARG(in->notes));
		in->html = STR_NULL;
		return OK;
	}
	TRY(e);
	in->html = clean;
	if (images->n == 0)
		return OK;
	struct file_in *all = NEW_ARRAY(c->a, in->file_n + images->n, struct file_in);
	for (size_t i = 0; i < in->file_n; i++)
		all[i] = in->files[i];
	for (size_t i = 0; i < images->n; i++)
		all[in->file_n + i] = images->files[i];
	in->files = all;
	in->file_n += images->n;
	return OK;
}

enum err desk_receive_prepare(struct ctx *c, struct receive_in *in)
{
	TRY(clean_html(c, in));
	if (str_is_null(in->text) && !str_is_null(in->html))
		in->text = html_to_text(c->a, in->html, HTML_LINKS_SHOWN);
	in->text = utf8_head(utf8_clean(c->a, in->text.n ? in->text : STR("")), MAX_MESSAGE_TEXT_BYTES);
	in->subject = utf8_head(utf8_clean(c->a, str_trim(in->subject)), MAX_SUBJECT_BYTES);
	for (size_t i = 0; i < in->file_n; i++)
		TRY(blob_put(c, c->env->data_dir, in->files[i].bytes, &in->files[i].blob));
	return OK;
}
