#pragma once

#include "base/err.h"
#include "base/str.h"

/* One line per event on standard error: time, level, request id, sentence. Control bytes are escaped, so that nobody writes lines
 * of his own into it. Failures are logged once, at the top: log_failure is for the dispatcher, the job runner and the
 * channel loops; everybody below returns the error. */

struct ctx;

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Lines below this level are dropped. Called once at start. */
void log_set_level(enum log_level level);
void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* The failure in c->why, with what was being done ("GET /crm/v3/objects/tickets", "job mail.send 7"). */
void log_failure(const struct ctx *c, enum err e, struct str doing);
/* A request that was refused, and why in one word; nothing of what was sent, for it may be a person's. */
void log_refusal(const struct ctx *c, enum err e, struct str doing);
