#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/ctx.h"

/* Runs a foreign program on the bytes of strangers: standard input is a file opened for reading, standard output is read up to a
 * maximum, standard error is dropped. What it may do else:
 *
 *  - read below the directories named in sandbox_paths (libraries and fonts), and nothing else; write, make or run no file but itself
 *    (Landlock). Its working directory is /.
 *  - no network: a network namespace of its own where the kernel lets us make one; no sockets of any kind (seccomp), nor tracing,
 *    mounting, namespaces, keys, io_uring.
 *  - limits: processor time, address space, no bytes written to files, few open files, no core; and a wall clock, after which it is
 *    killed with its group. No new privileges by setuid programs; an empty environment.
 *
 * Landlock (Linux 5.13) and seccomp have to be in force, or nothing is run: ERR_OUTSIDE. The namespaces are on top, where they can be
 * had: sandbox_walls() says what is there. */

struct sandbox_job {
	const char *const *argv; /* argv[0] is the program's whole path; NULL at the end */
	int input_fd;
	size_t max_output_bytes;
	int64_t wall_ms;
	int64_t cpu_s;
	int64_t memory_bytes;
};

/* ERR_BAD_INPUT: the program failed, was killed, took too long or said too much: it is the input's fault. ERR_OUTSIDE: it could not be
 * run, or not within its walls. */
enum err sandbox_run(struct ctx *c, const struct sandbox_job *job, struct str *out);

struct sandbox_walls {
	bool has_landlock, has_seccomp, has_namespaces;
};
/* What the kernel gives; costs a process. */
enum err sandbox_walls(struct ctx *c, struct sandbox_walls *out);
