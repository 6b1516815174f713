/* lmtp_load PORT ADDRESS MAIL CONNECTIONS SECONDS: delivers the mail of the file MAIL again and again, each time with another Message-ID
 * (the twelve bytes behind "Message-ID: <"), over CONNECTIONS that each wait for their 250 before the next mail. Prints one line
 * of JSON. */

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"

enum { MAX_CONNECTIONS = 256, ID_BYTES = 12, MAX_REPLY_BYTES = 4096, MAX_SAMPLES = 1 << 20 };

static char mail[1 << 20];
static size_t mail_n;
static ptrdiff_t id_at;
static int port;
static const char *address;
static double until_s;
static _Atomic int taken_n;
static _Atomic int next_id;
static float took_ms[MAX_SAMPLES];

static int dial(void)
{
	int one = 1, fd = socket(AF_INET, SOCK_STREAM, 0);
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	need(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0, "connect");
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	return fd;
}

static void tell(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t sent = send(fd, bytes, n, MSG_NOSIGNAL);
		need(sent > 0, "send");
		bytes += sent;
		n -= (size_t)sent;
	}
}

/* Reads until the last line of a reply is whole; it has to begin with the code. */
static void expect(int fd, const char *code)
{
	char reply[MAX_REPLY_BYTES];
	size_t n = 0;
	for (;;) {
		ssize_t got = recv(fd, reply + n, sizeof(reply) - 1 - n, 0);
		need(got > 0, "the server hung up");
		n += (size_t)got;
		reply[n] = '\0';
		if (reply[n - 1] != '\n')
			continue;
		char *last = reply + n - 1;
		while (last > reply && last[-1] != '\n')
			last--;
		if (last[3] == '-')
			continue;
		if (strncmp(last, code, 3) != 0)
			fprintf(stderr, "wanted %s, got %s", code, reply);
		need(strncmp(last, code, 3) == 0, "reply");
		return;
	}
}

static void ask(int fd, const char *line, const char *code)
{
	tell(fd, line, strlen(line));
	expect(fd, code);
}

static void *deliver(void *arg)
{
	(void)arg;
	char rcpt[512], id[ID_BYTES + 1];
	char *own = malloc(mail_n);
	memcpy(own, mail, mail_n);
	snprintf(rcpt, sizeof(rcpt), "RCPT TO:<%s>\r\n", address);
	int fd = dial();
	expect(fd, "220");
	ask(fd, "LHLO bench.example\r\n", "250");
	while (now_s() < until_s) {
		double from_s = now_s();
		snprintf(id, sizeof(id), "%04x%08x", (unsigned)getpid() & 0xffff, (unsigned)atomic_fetch_add(&next_id, 1));
		memcpy(own + id_at, id, ID_BYTES);
		ask(fd, "MAIL FROM:<visitor@bench.example>\r\n", "250");
		ask(fd, rcpt, "250");
		ask(fd, "DATA\r\n", "354");
		tell(fd, own, mail_n);
		ask(fd, ".\r\n", "250");
		int n = atomic_fetch_add(&taken_n, 1);
		if (n < MAX_SAMPLES)
			took_ms[n] = (float)((now_s() - from_s) * 1e3);
	}
	ask(fd, "QUIT\r\n", "221");
	close(fd);
	free(own);
	return NULL;
}

static int by_size(const void *a, const void *b)
{
	float x, y;
	memcpy(&x, a, sizeof(x));
	memcpy(&y, b, sizeof(y));
	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	need(argc == 6, "lmtp_load PORT ADDRESS MAIL CONNECTIONS SECONDS");
	pthread_t threads[MAX_CONNECTIONS];
	int thread_n = atoi(argv[4]);
	need(thread_n > 0 && thread_n <= MAX_CONNECTIONS, "CONNECTIONS");
	port = atoi(argv[1]);
	address = argv[2];
	FILE *f = fopen(argv[3], "r");
	need(f != NULL, "MAIL");
	mail_n = fread(mail, 1, sizeof(mail) - 1, f);
	const char *mark = strstr(mail, "Message-ID: <");
	need(mark != NULL, "MAIL has no Message-ID");
	id_at = mark + strlen("Message-ID: <") - mail;

	double from_s = now_s();
	until_s = from_s + atof(argv[5]);
	for (int i = 0; i < thread_n; i++)
		need(pthread_create(&threads[i], NULL, deliver, NULL) == 0, "thread");
	for (int i = 0; i < thread_n; i++)
		pthread_join(threads[i], NULL);
	int n = atomic_load(&taken_n);
	double seconds = now_s() - from_s;
	qsort(took_ms, (size_t)(n < MAX_SAMPLES ? n : MAX_SAMPLES), sizeof(took_ms[0]), by_size);
	printf("{\"perSecond\":%.0f,\"n\":%d,\"p50Ms\":%.2f,\"p99Ms\":%.2f}\n", n / seconds, n, took_ms[n / 2], took_ms[n * 99 / 100]);
	return 0;
}
