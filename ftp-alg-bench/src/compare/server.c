/*
 * The FTP server behind every peer: one thread, no disk, no copies. The name of a file is its size: RETR 1024 sends 1 KiB,
 * STOR 1024 wants to get as much. Whoever wants TLS gets it (AUTH TLS, PROT P).
 *
 *   server ADDRESS PORT FIRST_DATA_PORT LAST_DATA_PORT
 *
 * Data ports are opened once and lent to a session from PASV to the data connection, so that forwarders that know no FTP can
 * forward the same range one to one.
 */
#include "common.h"
#include "tls.h"

#define MAX_PORTS 1024

enum kind { CONTROL, DATA, CONTROL_LISTENER, DATA_LISTENER };
enum transfer { NONE, RETR, STOR };

struct session;

struct endpoint {
    enum kind kind;
    int fd;
    struct session *session;
    int port;
    SSL *tls;
    bool in_handshake;
    bool ended;
};

struct session {
    struct endpoint control;
    struct endpoint data;
    struct endpoint *lent;
    enum transfer transfer;
    long wanted;
    long count;
    bool private;
    bool over;
    struct session *next_over;
    int used;
    char input[1024];
};

enum { TRANSFERS_A_TURN = 2 };

static int poller;
/* Data connections, in the poller: they wait until all commands are answered, so that the delay of a reply is the proxy's. */
static int transfers;
static int content;
static const char *content_bytes;
static SSL_CTX *context;
static char host_text[64];
static struct endpoint *free_ports[MAX_PORTS];
static unsigned ports, first_free, free_count;
static struct session *finished;

static void reply(struct session *session, const char *text) {
    if (session->control.tls != NULL) {
        tls_send_text(session->control.tls, text);
    } else if (send(session->control.fd, text, strlen(text), MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
        /* The end of the connection is read later. */
    }
}

static void give_back(struct session *session) {
    if (session->lent != NULL) {
        session->lent->session = NULL;
        free_ports[(first_free + free_count++) % ports] = session->lent;
        session->lent = NULL;
    }
}

static void close_data(struct session *session) {
    if (session->data.fd >= 0) {
        tls_free(session->data.tls);
        close(session->data.fd);
        session->data = (struct endpoint) {.kind = DATA, .fd = -1, .session = session};
    }
    session->transfer = NONE;
}

static void end_session(struct session *session) {
    if (!session->over) {
        give_back(session);
        close_data(session);
        tls_free(session->control.tls);
        close(session->control.fd);
        session->over = true;
        session->next_over = finished;
        finished = session;
    }
}

static void finish(struct session *session, const char *text) {
    close_data(session);
    reply(session, text);
}

/*
 * All is sent: close_notify follows, and then what the other side still says is read, for closing over it would cut what is
 * on its way.
 */
static void end_private(struct session *session) {
    long nothing = 0;
    if (!session->data.ended) {
        if (tls_end_output(session->data.tls, session->data.fd)) {
            session->data.ended = true;
            watch(transfers, EPOLL_CTL_MOD, session->data.fd, EPOLLIN, &session->data);
        }
    } else if (tls_drop_input(session->data.tls, &nothing) != INPUT_MORE) {
        finish(session, "226 Sent.\r\n");
    }
}

static void move_private(struct session *session) {
    if (session->transfer == STOR) {
        enum input input = tls_drop_input(session->data.tls, &session->count);
        if (input == INPUT_END) {
            finish(session, session->count == session->wanted ? "226 Stored.\r\n" : "451 Not all of it.\r\n");
        } else if (input == INPUT_FAILED) {
            finish(session, "426 Cut.\r\n");
        }
        return;
    }
    if (session->wanted > 0) {
        session->wanted = tls_send_content(session->data.tls, content_bytes, session->wanted);
    }
    if (session->wanted < 0) {
        finish(session, "426 Cut.\r\n");
    } else if (session->wanted == 0) {
        end_private(session);
    }
}

static void move(struct session *session) {
    if (session->data.tls != NULL) {
        move_private(session);
    } else if (session->transfer == RETR) {
        session->wanted = send_content(session->data.fd, content, session->wanted);
        if (session->wanted <= 0) {
            finish(session, session->wanted == 0 ? "226 Sent.\r\n" : "426 Cut.\r\n");
        }
    } else {
        enum input input = drop_input(session->data.fd, &session->count);
        if (input == INPUT_END) {
            finish(session, session->count == session->wanted ? "226 Stored.\r\n" : "451 Not all of it.\r\n");
        } else if (input == INPUT_FAILED) {
            finish(session, "426 Cut.\r\n");
        }
    }
}

static void go_on_with_handshake(struct session *session) {
    enum handshake handshake = tls_handshake(session->data.tls);
    if (handshake == HANDSHAKE_FAILED) {
        finish(session, "522 No TLS.\r\n");
    } else if (handshake == HANDSHAKE_DONE) {
        session->data.in_handshake = false;
        watch(transfers, EPOLL_CTL_MOD, session->data.fd, session->transfer == RETR ? EPOLLOUT : EPOLLIN, &session->data);
    }
}

static void start_if_ready(struct session *session) {
    if (session->transfer == NONE || session->data.fd < 0) {
        return;
    }
    reply(session, "150 Here it comes.\r\n");
    if (session->private) {
        session->data.tls = tls_start(context, true, session->data.fd, NULL);
        session->data.in_handshake = true;
        watch(transfers, EPOLL_CTL_ADD, session->data.fd, EPOLLIN, &session->data);
        return;
    }
    move(session);
    if (session->data.fd >= 0) {
        watch(transfers, EPOLL_CTL_ADD, session->data.fd, session->transfer == RETR ? EPOLLOUT : EPOLLIN, &session->data);
    }
}

static void transfer(struct session *session, enum transfer kind, const char *name) {
    if (session->data.fd < 0 && session->lent == NULL) {
        reply(session, "425 Use PASV first.\r\n");
        return;
    }
    const char *slash = strrchr(name, '/');
    session->wanted = atol(slash == NULL ? name : slash + 1);
    session->count = 0;
    session->transfer = kind;
    start_if_ready(session);
}

static void lend_port(struct session *session, bool extended) {
    char text[128];
    give_back(session);
    close_data(session);
    if (free_count == 0) {
        reply(session, "425 No port is free.\r\n");
        return;
    }
    session->lent = free_ports[first_free];
    first_free = (first_free + 1) % ports;
    free_count--;
    session->lent->session = session;
    int port = session->lent->port;
    if (extended) {
        snprintf(text, sizeof text, "229 Entering Extended Passive Mode (|||%d|)\r\n", port);
    } else {
        snprintf(text, sizeof text, "227 Entering Passive Mode (%s,%d,%d)\r\n", host_text, port >> 8, port & 255);
    }
    reply(session, text);
}

static void secure_control(struct session *session) {
    reply(session, "234 Go ahead.\r\n");
    session->control.tls = tls_start(context, true, session->control.fd, NULL);
    session->control.in_handshake = true;
}

static void command(struct session *session, const char *line) {
    if (strncasecmp(line, "USER", 4) == 0) {
        reply(session, "331 Password, please.\r\n");
    } else if (strncasecmp(line, "PASS", 4) == 0) {
        reply(session, "230 Welcome.\r\n");
    } else if (strncasecmp(line, "PASV", 4) == 0) {
        lend_port(session, false);
    } else if (strncasecmp(line, "EPSV", 4) == 0) {
        lend_port(session, true);
    } else if (strncasecmp(line, "RETR ", 5) == 0) {
        transfer(session, RETR, line + 5);
    } else if (strncasecmp(line, "STOR ", 5) == 0) {
        transfer(session, STOR, line + 5);
    } else if (strcasecmp(line, "AUTH TLS") == 0 && session->control.tls == NULL) {
        secure_control(session);
    } else if (strncasecmp(line, "PROT ", 5) == 0 && session->control.tls != NULL) {
        session->private = line[5] == 'P' || line[5] == 'p';
        reply(session, "200 Fine.\r\n");
    } else if (strncasecmp(line, "PBSZ", 4) == 0 || strncasecmp(line, "NOOP", 4) == 0 || strncasecmp(line, "TYPE", 4) == 0) {
        reply(session, "200 Fine.\r\n");
    } else if (strncasecmp(line, "SYST", 4) == 0) {
        reply(session, "215 UNIX Type: L8\r\n");
    } else if (strncasecmp(line, "PWD", 3) == 0) {
        reply(session, "257 \"/\"\r\n");
    } else if (strncasecmp(line, "CWD", 3) == 0) {
        reply(session, "250 Fine.\r\n");
    } else if (strncasecmp(line, "QUIT", 4) == 0) {
        reply(session, "221 Bye.\r\n");
        end_session(session);
    } else {
        reply(session, "502 Not here.\r\n");
    }
}

static void read_commands(struct session *session) {
    if (session->control.in_handshake) {
        enum handshake handshake = tls_handshake(session->control.tls);
        session->control.in_handshake = handshake == HANDSHAKE_MORE;
        if (handshake == HANDSHAKE_FAILED) {
            end_session(session);
        }
        return;
    }
    size_t room = sizeof session->input - (size_t) session->used - 1;
    char *free_input = session->input + session->used;
    ssize_t got = session->control.tls != NULL ? tls_receive(session->control.tls, free_input, room)
            : recv(session->control.fd, free_input, room, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (got <= 0) {
        end_session(session);
        return;
    }
    session->used += (int) got;
    session->input[session->used] = 0;
    char *start = session->input;
    char *end;
    while (!session->over && (end = strchr(start, '\n')) != NULL) {
        *end = 0;
        if (end > start && end[-1] == '\r') {
            end[-1] = 0;
        }
        command(session, start);
        start = end + 1;
    }
    session->used -= (int) (start - session->input);
    memmove(session->input, start, (size_t) session->used);
    if (session->used == (int) sizeof session->input - 1) {
        end_session(session);
    }
}

static void accept_control(struct endpoint *listener) {
    int fd;
    while ((fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0) {
        no_delay(fd);
        struct session *session = zeroed(sizeof *session);
        session->control = (struct endpoint) {.kind = CONTROL, .fd = fd, .session = session};
        session->data = (struct endpoint) {.kind = DATA, .fd = -1, .session = session};
        watch(poller, EPOLL_CTL_ADD, fd, EPOLLIN, &session->control);
        reply(session, "220 Ready.\r\n");
    }
}

static void accept_data(struct endpoint *listener) {
    int fd = accept4(listener->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        return;
    }
    struct session *session = listener->session;
    if (session == NULL) {
        close(fd);
        return;
    }
    give_back(session);
    session->data.fd = fd;
    start_if_ready(session);
}

static struct endpoint *listen_on(const char *host, int port, enum kind kind) {
    struct sockaddr_in address = address_of(host, port);
    int on = 1;
    struct endpoint *listener = zeroed(sizeof *listener);
    listener->kind = kind;
    listener->port = port;
    listener->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    setsockopt(listener->fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (bind(listener->fd, (struct sockaddr *) &address, sizeof address) != 0 || listen(listener->fd, 4096) != 0) {
        die("%s:%d: %s", host, port, strerror(errno));
    }
    watch(poller, EPOLL_CTL_ADD, listener->fd, EPOLLIN, listener);
    return listener;
}

static void handle(struct endpoint *endpoint) {
    switch (endpoint->kind) {
        case CONTROL_LISTENER:
            accept_control(endpoint);
            break;
        case DATA_LISTENER:
            accept_data(endpoint);
            break;
        case CONTROL:
            if (!endpoint->session->over) {
                read_commands(endpoint->session);
            }
            break;
        case DATA:
            if (endpoint->fd >= 0 && endpoint->in_handshake) {
                go_on_with_handshake(endpoint->session);
            } else if (endpoint->fd >= 0) {
                move(endpoint->session);
            }
            break;
    }
}

int main(int count, char **arguments) {
    if (count != 5) {
        die("usage: server ADDRESS PORT FIRST_DATA_PORT LAST_DATA_PORT");
    }
    allow_many_files();
    poller = epoll_create1(EPOLL_CLOEXEC);
    transfers = epoll_create1(EPOLL_CLOEXEC);
    watch(poller, EPOLL_CTL_ADD, transfers, EPOLLIN, NULL);
    content = make_content();
    content_bytes = map_content(content);
    context = tls_context(true, "any");
    snprintf(host_text, sizeof host_text, "%s", arguments[1]);
    for (char *dot = host_text; (dot = strchr(dot, '.')) != NULL;) {
        *dot = ',';
    }
    int first = atoi(arguments[3]);
    int last = atoi(arguments[4]);
    if (last < first || last - first >= MAX_PORTS) {
        die("between 1 and %d data ports", MAX_PORTS);
    }
    ports = (unsigned) (last - first + 1);
    for (int port = first; port <= last; port++) {
        free_ports[free_count++] = listen_on(arguments[1], port, DATA_LISTENER);
    }
    listen_on(arguments[1], atoi(arguments[2]), CONTROL_LISTENER);
    for (;;) {
        bool may_move = false;
        struct epoll_event events[128];
        int ready = epoll_wait(poller, events, 128, -1);
        for (int i = 0; i < ready; i++) {
            if (events[i].data.ptr == NULL) {
                may_move = true;
            } else {
                handle(events[i].data.ptr);
            }
        }
        ready = may_move ? epoll_wait(transfers, events, TRANSFERS_A_TURN, 0) : 0;
        for (int i = 0; i < ready; i++) {
            handle(events[i].data.ptr);
        }
        while (finished != NULL) {
            struct session *session = finished;
            finished = session->next_over;
            free(session);
        }
    }
}
