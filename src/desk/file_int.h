#pragma once

#include "desk/file.h"

/* Between file.c, file_upload.c, file_type.c and folder.c. */

enum { LINK_KEY_BYTES = 18 };

/* Splits "cat.PNG" into "cat" and "png". ERR_BAD_INPUT names the field. */
enum err file_split_name(struct ctx *c, struct str field, struct str full, struct str *name_out, struct str *extension_out);
/* Type, content type and encoding that a name stands for; content_type stays where the extension is not known. */
void file_type_of(struct str extension, struct str *type_out, struct str *content_type_out);
/* "P1D", "P2W", "P3M", "P1Y", and these put together. A month is 30 days here, a year 365. */
enum err file_read_ttl(struct ctx *c, struct str ttl, int64_t *expires_at);
enum err file_check_access(struct ctx *c, struct str access);
/* The folder that a caller means; path null: the id. Folders of the path are made. Under file_lock. */
enum err folder_of(struct ctx *c, int64_t id, struct str path, int64_t *out);
/* A name that is free in the folder: this one, or with a number behind it. Under file_lock. */
enum err file_free_name(struct ctx *c, int64_t folder_id, struct str *name, struct str extension);
enum err file_announce(struct ctx *c, int64_t id);
