/* Every picture is a process of its own: one that a page kills takes no other page with it. What it says is a JPEG or PNG of no more
 * pixels than were asked for, or it is nothing. */

#include "desk/document.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/num.h"
#include "base/sandbox.h"
#include "bus/event.h"
#include "desk/env.h"
#include "desk/file.h"
#include "store/blob.h"
#include "text/document_type.h"
#include "text/image_size.h"

enum {
	PAGE_BUDGET_BYTES = 32 << 20,
	MAX_INFO_BYTES = 64 << 10,
	PROGRAM_MEMORY_BYTES = 768 << 20,
	PROGRAM_CPU_S = 15,
	PROGRAM_WALL_MS = 20000,
	EDGE_PIXELS = 2, /* rounding of the program's */
};

struct picture_work {
	struct job *job;
	struct document document;
	struct file file;
	bool is_stale; /* another version is there, or none */
	int64_t page_n;
	struct document_picture pictures[MAX_PICTURED_PAGES + 1];
	size_t n;
	int64_t failed_n;
};

static enum err load(struct ctx *c, void *arg)
{
	struct picture_work *w = arg;
	int64_t version;
	enum err e = document_load(c, w->job->about_id, &w->document);
	w->is_stale = e != OK || !num_parse_int(w->job->body, &version) || version != w->document.version;
	if (e == ERR_NOT_FOUND)
		fail_clear(c);
	else
		TRY(e);
	return w->is_stale ? OK : desk_file_of_item(c, w->document.file_id, &w->file);
}

/* One run of a program on the document, in memory of its own, which the caller closes. */
static enum err run_program(struct ctx *c, const struct picture_work *w, const char *const *argv, size_t max_bytes, struct str *out)
{
	struct sandbox_job job = {
		.argv = argv,
		.max_output_bytes = max_bytes,
		.wall_ms = PROGRAM_WALL_MS,
		.cpu_s = PROGRAM_CPU_S,
		.memory_bytes = PROGRAM_MEMORY_BYTES,
	};
	TRY(blob_open_fd(c, c->env->data_dir, w->file.blob, &job.input_fd));
	return sandbox_run(c, &job, out);
}

/* "Pages:          3" */
static enum err count_pages(struct ctx *c, struct picture_work *w)
{
	static const char *const argv[] = {"/usr/bin/pdfinfo", "-", NULL};
	struct str info;
	TRY(run_program(c, w, argv, MAX_INFO_BYTES, &info));
	for (struct str rest = info; !str_is_null(rest);) {
		struct str line = str_cut(&rest, STR("\n"));
		if (str_starts(line, STR("Pages:")) && num_parse_int(str_trim(str_skip(line, 6)), &w->page_n) && w->page_n > 0)
			return OK;
	}
	return fail(c, ERR_BAD_INPUT, "pdfinfo counts no pages");
}

/* Is it a picture that we show, within its bounds? */
static bool is_fine(struct str bytes, int64_t max_pixels, struct image_size *size)
{
	bool is_picture = image_size(bytes, size) && (str_eq(size->encoding, STR("jpeg")) || str_eq(size->encoding, STR("png")));
	return is_picture && size->width > 0 && size->height > 0 && size->width <= max_pixels && size->height <= max_pixels;
}

static enum err keep(struct ctx *c, struct picture_work *w, int64_t page, struct str bytes, int64_t max_pixels)
{
	struct image_size size;
	struct str name;
	struct document_picture *p = &w->pictures[w->n];
	if (!is_fine(bytes, max_pixels, &size))
		return fail(c, ERR_BAD_INPUT, "this is no picture of a page");
	TRY(blob_put(c, c->env->data_dir, bytes, &name));
	*p = (struct document_picture){
		.document_id = w->document.id,
		.page = page,
		.blob = name,
		.size_bytes = (int64_t)bytes.n,
		.width = size.width,
		.height = size.height,
	};
	return OK;
}

/* poppler's numbers of pages begin with 1. */
static enum err draw(struct ctx *c, struct picture_work *w, int64_t page, int64_t of_page, int64_t pixels)
{
	const char *number = str_fmt(c->a, "%lld", (long long)of_page).p, *scale = str_fmt(c->a, "%lld", (long long)pixels).p;
	const char *const argv[] = {"/usr/bin/pdftoppm", "-f", number, "-l", number, "-jpeg", "-jpegopt", "quality=82",
	                            "-scale-to", scale, "-", NULL};
	struct str bytes;
	TRY(run_program(c, w, argv, MAX_PICTURE_BYTES, &bytes));
	return keep(c, w, page, bytes, pixels + EDGE_PIXELS);
}

/* Memory for one page, then it is given back; the name of what was kept outlives it. */
static enum err draw_apart(struct ctx *c, struct picture_work *w, int64_t page, int64_t of_page, int64_t pixels)
{
	struct ctx apart = *c;
	apart.a = arena_open(PAGE_BUDGET_BYTES);
	apart.why = (struct failure){0};
	enum err e = draw(&apart, w, page, of_page, pixels);
	if (e == OK) {
		w->pictures[w->n].blob = str_dup(c->a, w->pictures[w->n].blob);
		w->n++;
	} else if (w->failed_n++ == 0) {
		log_failure(&apart, e, STR("picture of a page"));
	}
	arena_close(apart.a);
	return e;
}

/* A page that cannot be drawn is left out; programs that cannot be run at all are tried no further. */
static enum err draw_pdf(struct ctx *c, struct picture_work *w)
{
	const int64_t end = clock_monotonic_ms() + MAX_PICTURES_MS;
	TRY(count_pages(c, w));
	if (draw_apart(c, w, 0, 1, SMALL_PICTURE_PIXELS) == ERR_OUTSIDE)
		return OK;
	for (int64_t page = 1; page <= w->page_n && page <= MAX_PICTURED_PAGES && clock_monotonic_ms() < end; page++)
		draw_apart(c, w, page, page, PICTURE_PIXELS);
	return OK;
}

static enum err take_its_own(struct ctx *c, struct picture_work *w)
{
	struct str bytes, picture;
	TRY(blob_get(c, c->env->data_dir, w->file.blob, &bytes));
	TRY(document_picture(c, bytes, &picture));
	TRY(keep(c, w, 0, picture, PICTURE_PIXELS));
	w->n++;
	return OK;
}

static enum err save(struct ctx *c, void *arg)
{
	struct picture_work *w = arg;
	struct document d;
	TRY(library_lock(c));
	TRY(document_load(c, w->document.id, &d));
	if (d.version != w->document.version) {
		for (size_t i = 0; i < w->n; i++)
			TRY(file_drop_later(c, w->pictures[i].blob));
		return job_finish(c, w->job);
	}
	TRY(document_picture_clear(c, d.id));
	for (size_t i = 0; i < w->n; i++) {
		TRY(blob_hold(c, c->env->data_dir, w->pictures[i].blob, w->pictures[i].size_bytes));
		TRY(document_picture_insert(c, &w->pictures[i]));
	}
	d.page_n = w->page_n;
	d.picture_state = w->n > 0 ? STR("READY") : STR("NONE");
	TRY(document_update(c, &d));
	TRY(bus_emit(c, EV_LIBRARY_CHANGED, &(struct event_about){.about_id = d.id}));
	return job_finish(c, w->job);
}

static enum err finish(struct ctx *c, void *arg)
{
	return job_finish(c, ((struct picture_work *)arg)->job);
}

/* That a document has no pictures is its own fault, or that of this machine: it is noted, and that was it. */
static enum err run_pictures(struct ctx *c, struct job *job)
{
	struct picture_work *w = NEW(c->a, struct picture_work);
	w->job = job;
	TRY(c->run->read(c->run->self, c, load, w));
	if (w->is_stale)
		return c->run->write(c->run->self, c, finish, w);
	bool is_pdf = str_eq(w->document.format, document_extension(DOCUMENT_PDF));
	enum err e = is_pdf ? draw_pdf(c, w) : take_its_own(c, w);
	if (e != OK && e != ERR_NOT_FOUND)
		log_failure(c, e, STR("pictures of a document"));
	fail_clear(c);
	c->now = clock_ms();
	return c->run->write(c->run->self, c, save, w);
}

const struct job_kind job_document_pictures = {
	.kind = "document.pictures",
	.run = run_pictures,
	.lane = LANE_PICTURES,
	.tries = 3, /* one that ends the process is not tried for ever */
	.back_off_ms = MINUTES(1),
};
