/* A unix socket may be there already: of a process that lives, then we stop, or of one that died, then it is removed first. The one
 * who asks finds out by connecting. */

#include "net/lmtp_listen.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/num.h"

enum { BACKLOG = 128, SOCKET_MODE = 0660 };

static int port_of(int fd)
{
	struct sockaddr_storage name = {0};
	socklen_t n = sizeof(name);
	if (getsockname(fd, (struct sockaddr *)&name, &n) != 0)
		return 0;
	if (name.ss_family == AF_INET6)
		return ntohs(((struct sockaddr_in6 *)&name)->sin6_port);
	return ntohs(((struct sockaddr_in *)&name)->sin_port);
}

/* A listening socket, or -1 with errno. */
static int listen_on(int family, const struct sockaddr *name, socklen_t n)
{
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return -1;
	int on = 1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (bind(fd, name, n) == 0 && listen(fd, BACKLOG) == 0)
		return fd;
	int why = errno;
	close(fd);
	errno = why;
	return -1;
}

static bool answers(const struct sockaddr_un *name)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return true;
	bool is_there = connect(fd, (const struct sockaddr *)name, sizeof(*name)) == 0 || errno != ECONNREFUSED;
	close(fd);
	return is_there;
}

static enum err open_unix(struct ctx *c, struct str path, struct lmtp_listener *out)
{
	struct sockaddr_un name = {.sun_family = AF_UNIX};
	if (path.n == 0 || path.n >= sizeof(name.sun_path))
		return fail(c, ERR_BAD_INPUT, "lmtp: the path of the socket has to be 1 to %zu bytes long",
		            sizeof(name.sun_path) - 1);
	memcpy(name.sun_path, path.p, path.n);
	struct stat there;
	if (lstat(name.sun_path, &there) == 0) {
		if (!S_ISSOCK(there.st_mode) || answers(&name))
			return fail(c, ERR_BUSY, "lmtp: %s is in use", name.sun_path);
		unlink(name.sun_path);
	}
	int fd = listen_on(AF_UNIX, (const struct sockaddr *)&name, sizeof(name));
	if (fd < 0)
		return fail(c, ERR_BUSY, "lmtp: cannot listen on %s: %s", name.sun_path, strerror(errno));
	*out = (struct lmtp_listener){.fd = fd};
	memcpy(out->path, name.sun_path, sizeof(out->path));
	chmod(out->path, SOCKET_MODE);
	return OK;
}

/* "HOST:PORT", "[v6]:PORT". */
static bool split(struct str address, struct str *host_out, struct str *port_out)
{
	size_t at = address.n;
	while (at > 0 && address.p[at - 1] != ':')
		at--;
	if (at < 2)
		return false;
	struct str host = str_head(address, at - 1);
	struct str port = str_skip(address, at);
	if (str_starts(host, STR("[")) && str_ends(host, STR("]")))
		host = str_head(str_skip(host, 1), host.n - 2);
	else if (str_find_byte(host, ':') >= 0)
		return false;
	int64_t number;
	if (host.n == 0 || !num_parse_int(port, &number) || number < 0 || number > 65535)
		return false;
	*host_out = host;
	*port_out = port;
	return true;
}

static enum err open_tcp(struct ctx *c, struct str address, struct lmtp_listener *out)
{
	struct str host, port;
	if (!split(address, &host, &port))
		return fail(c, ERR_BAD_INPUT, "lmtp: \"" STR_FMT "\" is not HOST:PORT or unix:/path", STR_ARG(address));
	struct addrinfo want = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE | AI_NUMERICSERV};
	struct addrinfo *found = NULL;
	int why = getaddrinfo(str_z(c->a, host), str_z(c->a, port), &want, &found);
	if (why != 0)
		return fail(c, ERR_BAD_INPUT, "lmtp: " STR_FMT ": %s", STR_ARG(host), gai_strerror(why));
	int fd = -1;
	for (struct addrinfo *one = found; one != NULL && fd < 0; one = one->ai_next)
		fd = listen_on(one->ai_family, one->ai_addr, one->ai_addrlen);
	freeaddrinfo(found);
	if (fd < 0)
		return fail(c, ERR_BUSY, "lmtp: cannot listen on " STR_FMT ": %s", STR_ARG(address), strerror(errno));
	*out = (struct lmtp_listener){.fd = fd, .port = port_of(fd)};
	return OK;
}

enum err lmtp_listen_open(struct ctx *c, struct str address, struct lmtp_listener *out)
{
	if (str_starts(address, STR("unix:")))
		return open_unix(c, str_skip(address, 5), out);
	return open_tcp(c, address, out);
}

void lmtp_listen_close(struct lmtp_listener *l)
{
	if (l->fd < 0)
		return;
	close(l->fd);
	l->fd = -1;
	if (l->path[0] != '\0')
		unlink(l->path);
}
