/* What the load generator and its server share: sockets, the clock, and how to give up. */
#ifndef COMPARE_COMMON_H
#define COMPARE_COMMON_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

/* Larger than the caches of most processors: what is sent comes from memory, as a file from the page cache does. */
#define CONTENT_BYTES (64L << 20)
/* How much one connection may move before the others get their turn. */
#define TURN_BYTES (1L << 20)

static inline __attribute__((noreturn, format(printf, 1, 2))) void die(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    exit(1);
}

static inline double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static inline void *zeroed(size_t bytes) {
    void *memory = calloc(1, bytes);
    if (memory == NULL) {
        die("out of memory");
    }
    return memory;
}

static inline struct sockaddr_in address_of(const char *host, int port) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t) port)};
    if (inet_pton(AF_INET, host, &address.sin_addr) != 1) {
        die("not an IPv4 address: %s", host);
    }
    return address;
}

static inline void no_delay(int fd) {
    int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static inline void watch(int poll, int operation, int fd, uint32_t events, void *what) {
    struct epoll_event event = {.events = events, .data.ptr = what};
    if (epoll_ctl(poll, operation, fd, &event) != 0) {
        die("epoll_ctl: %s", strerror(errno));
    }
}

/* The bytes that are sent, in memory, to be sent without a copy. */
static inline int make_content(void) {
    int fd = memfd_create("content", 0);
    static char block[1 << 20];
    for (size_t i = 0; i < sizeof block; i++) {
        block[i] = (char) (i * 31 + (i >> 8));
    }
    for (long written = 0; written < CONTENT_BYTES; written += (long) sizeof block) {
        if (write(fd, block, sizeof block) != (ssize_t) sizeof block) {
            die("no memory for the content: %s", strerror(errno));
        }
    }
    return fd;
}

/* The same bytes, to be read. */
static inline const char *map_content(int content) {
    void *memory = mmap(NULL, (size_t) CONTENT_BYTES, PROT_READ, MAP_SHARED | MAP_POPULATE, content, 0);
    if (memory == MAP_FAILED) {
        die("the content: %s", strerror(errno));
    }
    return memory;
}

/* Sends a turn's worth; returns what is left, or -1 if the connection failed. */
static inline long send_content(int socket, int content, long left) {
    long turn = TURN_BYTES;
    while (left > 0 && turn > 0) {
        off_t offset = left % CONTENT_BYTES == 0 ? 0 : CONTENT_BYTES - left % CONTENT_BYTES;
        long room = CONTENT_BYTES - offset;
        long most = left < room ? left : room;
        ssize_t sent = sendfile(socket, content, &offset, (size_t) (most < turn ? most : turn));
        if (sent < 0 && (errno == EAGAIN || errno == EINTR)) {
            break;
        }
        if (sent <= 0) {
            return -1;
        }
        left -= sent;
        turn -= sent;
    }
    return left;
}

enum input { INPUT_MORE, INPUT_END, INPUT_FAILED };

/* Takes a turn's worth from the socket without copying it anywhere, and adds it to the count. */
static inline enum input drop_input(int socket, long *count) {
    static char nowhere[1];
    long turn = TURN_BYTES;
    while (turn > 0) {
        ssize_t got = recv(socket, nowhere, (size_t) turn, MSG_TRUNC | MSG_DONTWAIT);
        if (got < 0) {
            return errno == EAGAIN || errno == EINTR ? INPUT_MORE : INPUT_FAILED;
        }
        if (got == 0) {
            return INPUT_END;
        }
        *count += got;
        turn -= got;
    }
    return INPUT_MORE;
}

static inline void allow_many_files(void) {
    struct rlimit files;
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
    signal(SIGPIPE, SIG_IGN);
}

#endif
