#pragma once

/* What must be true. check() stays in release builds: a failed one is our own bug, is printed with its place and ends the
 * process, so that the supervisor restarts it from what is on disk. Never use it for what a user or a peer can cause. */

#define check(cond) ((cond) ? (void)0 : check_failed(#cond, __FILE__, __LINE__))

__attribute__((noreturn, cold)) void check_failed(const char *cond, const char *file, int line);
