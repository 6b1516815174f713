#pragma once

#include <stdbool.h>

#include "base/ctx.h"
#include "job/job.h"
#include "store/file.h"

/* Files that people upload, in folders; what hangs on messages are files too. The bytes are kept once, whoever has the same. A file
 * that is deleted can be had back from the database for FILE_DAYS, then it is gone; one whose time is over (ttl) is gone at once.
 *
 * A link to a private file is signed, lives for at most MAX_LINK_SECONDS, and dies with the file's bytes. Public files have an
 * address that nobody can guess, for ever. */

enum {
	MAX_FOLDERS = 10000,
	MAX_FOLDER_DEPTH = 20,
	MAX_FOLDER_PATH_BYTES = 1000,
	MAX_FILE_NAME_BYTES = 255,
	MAX_EXTENSION_BYTES = 20,
	MAX_NAME_TRIES = 100, /* cat-1, cat-2 … before a random ending */
	FILE_DAYS = 90,
	UNSENT_FILE_DAYS = 90,
	MIN_TTL_DAYS = 1,
	MAX_TTL_DAYS = 366,
	UNTAKEN_FILE_HOURS = 24,
	MAX_LINK_SECONDS = 15 * 60,
	TASK_DAYS = 30,
	FILES_AT_ONCE = 200, /* that one transaction of the sweep removes */
};

/* Uploading ------------------------------------------------------------------------------------------------------- */

/* Bytes that come in pieces. They go to disk; without desk_file_add, or when the arena of c closes before, nothing stays. */
struct blob_draft;
enum err desk_draft_begin(struct ctx *c, struct blob_draft **out);
enum err desk_draft_add(struct ctx *c, struct blob_draft *d, struct str bytes);

enum duplicates { DUPLICATES_KEPT, DUPLICATES_REFUSED, DUPLICATES_ANSWERED };

struct upload_in {
	struct str name; /* with its extension */
	struct str content_type; /* as the sender says; counts only where the bytes and the name do not tell */
	int64_t folder_id;
	struct str folder_path; /* null: folder_id; made on the way */
	struct str access; /* null: on replacing, stays */
	int64_t expires_at; /* 0: never; on replacing, stays */
	struct str ttl; /* null, or an ISO 8601 duration of days, weeks, months or a year: as expires_at */
	bool overwrite; /* one of that name in the folder gets the bytes; else the new one another name */
	enum duplicates duplicates; /* the same bytes … */
	bool is_scope_folder; /* … in that folder, or in any */
	int64_t user_id; /* 0: who acts */
	bool is_for_message; /* to hang on a message: in no folder, seen by its id only, gone after UNSENT_FILE_DAYS without one */
	bool is_for_library; /* for an item of the library: see file_take */
	/* Looks at the first bytes and how many there are; may say better what the file is. NULL: everything is allowed. */
	enum err (*check)(struct ctx *c, struct str head, int64_t size_bytes, struct file *f);
};
/* Outside of a transaction. ERR_CONFLICT: a duplicate that is refused; ERR_BAD_INPUT; ERR_NOT_FOUND is no answer of it. */
enum err desk_file_upload(struct ctx *c, struct blob_draft *draft, const struct upload_in *in, struct file *out);
/* Other bytes for a file that is there; its name stays, its extension has to. */
enum err desk_file_replace(struct ctx *c, struct blob_draft *draft, int64_t id, const struct upload_in *in, struct file *out);

/* From an address, later: the guarded HTTP client fetches at most MAX_IMPORT_BYTES. ERR_BAD_INPUT for what can be known before. */
enum { MAX_IMPORT_BYTES = 100 << 20 };
enum err desk_file_import(struct ctx *c, const struct upload_in *in, struct str url, struct file_task *out);
extern const struct job_kind job_file_import; /* about a file_task; in channel/file_import.c, which needs these two: */
enum err desk_import_load(struct ctx *c, int64_t task_id, struct file_task *out, struct upload_in *in_out, struct str *url_out);
/* result_id 0: error says why. */
enum err desk_file_task_done(struct ctx *c, struct file_task *t, int64_t result_id, struct str error);

/* Reading and changing ---------------------------------------------------------------------------------------------- */

enum err desk_file(struct ctx *c, int64_t id, struct file *out);
enum err desk_file_find(struct ctx *c, const struct file_find *find, struct file **out, size_t *n_out);
/* "/folder/cat.png", or a folder. ERR_NOT_FOUND: neither. */
enum err desk_file_stat(struct ctx *c, struct str path, struct file *file_out, struct folder *folder_out, bool *is_file_out);

struct file_change {
	struct str name;   /* null: stays */
	struct str access; /* null: stays */
	int64_t folder_id; /* -1: stays */
	struct str folder_path; /* null: folder_id */
	int64_t expires_at; /* -1: stays, 0: never */
	int is_usable; /* -1: stays */
};
enum err desk_file_update(struct ctx *c, int64_t id, const struct file_change *change, struct file *out);
enum err desk_file_archive(struct ctx *c, int64_t id);
/* The row at once, the bytes as soon as nobody else has them. */
enum err desk_file_erase(struct ctx *c, int64_t id);

bool file_is_public(const struct file *f);
/* Shown to robots too? */
bool file_is_indexable(const struct file *f);
/* "cat.png" */
struct str file_full_name(struct ctx *c, const struct file *f);
struct str file_path(struct ctx *c, const struct file *f);

/* Files on messages ------------------------------------------------------------------------------------------------- */

struct attachment;
struct message;
enum { MAX_MESSAGE_FILES = 20, MAX_MESSAGE_FILE_BYTES = 20 << 20 };
/* What came with a message becomes a file, seen by its id only: fills file_id. Inside of the transaction that inserts it. */
enum err file_of_attachment(struct ctx *c, struct attachment *a);
/* Hangs files on a message: at most MAX_MESSAGE_FILES, and MAX_MESSAGE_FILE_BYTES in all. ERR_BAD_INPUT names attachments.
 * content_ids: NULL, or for each file the id by which the message's HTML shows it, or the null string. */
enum err file_attach(struct ctx *c, const struct message *m, const int64_t *file_ids, const struct str *content_ids, size_t n);
/* What it would refuse, asked beforehand. */
enum err file_attach_check(struct ctx *c, const int64_t *file_ids, size_t n);

/* Files of the library ---------------------------------------------------------------------------------------------- */

/* They are seen through their item only, whose rights count: by their own id nobody finds them. What was uploaded is_for_library belongs
 * to who did that until an item takes it, within UNTAKEN_FILE_HOURS; then it stays until the item lets it go. Both inside of the
 * transaction that changes the item. file_take: ERR_BAD_INPUT names the field. */
enum err file_take(struct ctx *c, int64_t id, struct str field, struct file *out);
/* The row at once, the bytes as soon as nobody else has them. id 0: nothing. */
enum err file_let_go(struct ctx *c, int64_t id);
/* Asks nobody: who calls it has asked for the item. */
enum err desk_file_of_item(struct ctx *c, int64_t id, struct file *out);

/* Links ------------------------------------------------------------------------------------------------------------- */

struct file_link {
	struct str url;
	int64_t expires_at;
};
/* A link that works without signing in, for seconds (at most MAX_LINK_SECONDS). Of the file only id and blob are looked at. */
enum err desk_file_link(struct ctx *c, const struct file *f, int64_t seconds, struct file_link *out);
/* Who has such a link: the file. ERR_NOT_ALLOWED: it was altered; ERR_EXPIRED. */
enum err desk_file_of_link(struct ctx *c, int64_t id, struct str expires, struct str signature, struct file *out);
/* A public file by the key in its address. */
enum err desk_file_of_key(struct ctx *c, struct str key, struct file *out);
/* Its bytes as an open file, closed with the arena. Asks nobody: call one of the above first. */
enum err desk_file_open(struct ctx *c, const struct file *f, int *fd_out);

/* Folders ----------------------------------------------------------------------------------------------------------- */

enum err desk_folder_create(struct ctx *c, struct str name, int64_t parent_id, struct str parent_path, struct folder *out);
enum err desk_folder(struct ctx *c, int64_t id, struct folder *out);
enum err desk_folder_by_path(struct ctx *c, struct str path, struct folder *out);
enum err desk_folder_find(struct ctx *c, const struct file_find *find, struct folder **out, size_t *n_out);
/* name null, parent_id -1: stay. All that is below comes along. */
enum err desk_folder_update(struct ctx *c, int64_t id, struct str name, int64_t parent_id, struct folder *out);
/* The same, later. */
enum err desk_folder_update_later(struct ctx *c, int64_t id, struct str name, int64_t parent_id, struct file_task *out);
/* With all that is in it. */
enum err desk_folder_archive(struct ctx *c, int64_t id);

/* What was asked for later, and what came of it. */
enum err desk_file_task(struct ctx *c, struct str kind, int64_t id, struct file_task *out);
extern const struct job_kind job_folder_update; /* about a file_task */
extern const struct job_kind job_blob_drop;     /* body: the blob's name */

/* Within the hourly sweep ---------------------------------------------------------------------------------------------- */

/* Inside of a transaction: removes up to FILES_AT_ONCE files whose time is over. */
enum err desk_file_sweep(struct ctx *c, int64_t *removed_out);
/* Outside of one: what processes that died have left. */
enum err desk_draft_sweep(struct ctx *c);

/* Removes the bytes of a blob soon, if no row points at them then; inside of a transaction that takes the last such row away. */
enum err file_drop_later(struct ctx *c, struct str blob);
