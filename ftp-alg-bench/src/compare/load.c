/*
 * The load: FTP clients on one thread that drop what they get without copying it. Prints one JSON object.
 *
 *   load SOURCE HOST PORT LOGIN transfer get|put STREAMS BYTES     BYTES on each stream, all at once
 *   load SOURCE HOST PORT LOGIN sessions CLIENTS SECONDS BYTES     whole sessions: connect, login, PASV, RETR, QUIT
 *   load SOURCE HOST PORT LOGIN noop SECONDS [MILLISECONDS]        one NOOP after the other, or so far apart
 *   load SOURCE HOST PORT LOGIN idle SESSIONS                      logs in, says so, and holds them until its input ends
 *   load SOURCE HOST PORT LOGIN fair STREAMS SECONDS               downloads without end; Jain's index of what each one got
 *   load SOURCE HOST PORT LOGIN handshakes full|resumed CLIENTS SECONDS
 *                                                                  TLS and the greeting, again and again; needs --implicit
 *
 * With --tls=1.2, --tls=1.3 or --tls=any before all that, control and data are under TLS (AUTH TLS, PROT P); data connections
 * resume the session of their control connection. What was agreed on, and how often they did resume, is printed too. With --implicit
 * behind it TLS begins with the connection, also on data connections, and nothing is said of PROT.
 *
 * All connections come from the address SOURCE, which is nobody else's: a proxy may take one from its own for a loop.
 * Data connections go to the host of the control connection, as in curl: the host in a 227 is ignored.
 */
#include "common.h"
#include "tls.h"

#define SECONDS_WITHOUT_PROGRESS 20
#define LOGINS_AT_A_TIME 16

enum mode { TRANSFER, SESSIONS, NOOP, IDLE, HANDSHAKES };

enum step { CONNECT, GREETING, AUTH, HANDSHAKE, PBSZ, PROT, USER, PASS, READY, PASV, DATA_CONNECT, MOVE, NOOP_SENT, QUIT, DRAIN, GONE };

struct client;

struct endpoint {
    struct client *client;
    int fd;
    bool data;
    SSL *tls;
};

struct client {
    struct endpoint control;
    struct endpoint data;
    enum step step;
    double started;
    long left;
    long got;
    bool replied;
    bool in_handshake;
    bool ended;
    struct client *next_gone;
    int used;
    char input[1024];
};

static struct sockaddr_in source;
static const char *host, *login;
static int control_port;
static enum mode mode;
static bool put;
static long bytes_each;
static double deadline, pace, due;

static int poller, content;
static struct client *gone;
static struct client **everyone;
static int active, ready, failed;
static long transferred;
static double *samples;
static long sample_count, sample_room;
static char last_failure[256];

static SSL_CTX *context;
static bool implicit, resume;
static SSL_SESSION *kept;
static const char *content_bytes;
static long handshakes, resumed;
static char agreed[128];

static void add_sample(double seconds) {
    if (sample_count == sample_room) {
        sample_room = sample_room == 0 ? 65536 : sample_room * 2;
        samples = realloc(samples, (size_t) sample_room * sizeof *samples);
        if (samples == NULL) {
            die("out of memory");
        }
    }
    samples[sample_count++] = seconds;
}

static int compare(const void *a, const void *b) {
    double left = *(const double *) a, right = *(const double *) b;
    return (left > right) - (left < right);
}

static double quantile(double q) {
    return sample_count == 0 ? 0 : samples[(long) (q * (double) (sample_count - 1) + 0.5)];
}

static void send_line(struct client *client, const char *line) {
    if (client->control.tls != NULL) {
        tls_send_text(client->control.tls, line);
    } else if (send(client->control.fd, line, strlen(line), MSG_NOSIGNAL | MSG_DONTWAIT) < 0) {
        /* The end of the connection is read later. */
    }
}

static void close_data(struct client *client) {
    if (client->data.fd >= 0) {
        tls_free(client->data.tls);
        close(client->data.fd);
        client->data.tls = NULL;
        client->data.fd = -1;
    }
}

static void leave(struct client *client) {
    if (client->step != GONE) {
        close_data(client);
        tls_free(client->control.tls);
        close(client->control.fd);
        client->step = GONE;
        client->next_gone = gone;
        gone = client;
    }
}

static void fail(struct client *client, const char *why) {
    if (client->step == DRAIN || client->step == GONE) {
        leave(client);
        return;
    }
    snprintf(last_failure, sizeof last_failure, "step %d: %s", (int) client->step, why);
    for (char *c = last_failure; *c != 0; c++) {
        *c = *c == '"' || *c == '\\' || (unsigned char) *c < ' ' ? '\'' : *c;
    }
    failed++;
    active--;
    leave(client);
}

static int dial(int port) {
    struct sockaddr_in address = address_of(host, port);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        die("socket: %s", strerror(errno));
    }
    no_delay(fd);
    int on = 1;
    setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    if (bind(fd, (struct sockaddr *) &source, sizeof source) != 0) {
        die("bind: %s", strerror(errno));
    }
    if (connect(fd, (struct sockaddr *) &address, sizeof address) != 0 && errno != EINPROGRESS) {
        die("connect to %s:%d: %s", host, port, strerror(errno));
    }
    return fd;
}

static void start_client(void) {
    struct client *client = zeroed(sizeof *client);
    client->started = now();
    client->step = implicit ? CONNECT : GREETING;
    client->control = (struct endpoint) {.client = client, .fd = dial(control_port)};
    client->data = (struct endpoint) {.client = client, .fd = -1, .data = true};
    watch(poller, EPOLL_CTL_ADD, client->control.fd, implicit ? EPOLLOUT : EPOLLIN, &client->control);
    active++;
}

static void begin_transfer(struct client *client) {
    client->left = bytes_each;
    client->got = 0;
    client->replied = false;
    client->ended = false;
    client->step = PASV;
    send_line(client, "PASV\r\n");
}

static void logged_in(struct client *client) {
    client->step = READY;
    if (everyone != NULL) {
        everyone[ready] = client;
    }
    ready++;
    if (mode == SESSIONS) {
        begin_transfer(client);
    }
}

static void end_transfer_if_done(struct client *client) {
    if (!client->replied || client->data.fd >= 0) {
        return;
    }
    long moved = put ? bytes_each - client->left : client->got;
    if (moved != bytes_each) {
        fail(client, "not all bytes came");
        return;
    }
    transferred += moved;
    if (mode == SESSIONS) {
        client->step = QUIT;
        send_line(client, "QUIT\r\n");
    } else {
        active--;
        client->step = DRAIN;
    }
}

static void ended(struct client *client) {
    close_data(client);
    end_transfer_if_done(client);
}

/*
 * Sends, then close_notify, then reads what the other side still says, tickets for one: closing over it would cut what is on its
 * way.
 */
static void put_private(struct client *client) {
    long nothing = 0;
    if (client->ended) {
        if (tls_drop_input(client->data.tls, &nothing) != INPUT_MORE) {
            ended(client);
        }
        return;
    }
    if (client->left > 0) {
        client->left = tls_send_content(client->data.tls, content_bytes, client->left);
    }
    if (client->left < 0) {
        fail(client, "the data connection was cut");
    } else if (client->left == 0 && tls_end_output(client->data.tls, client->data.fd)) {
        client->ended = true;
        watch(poller, EPOLL_CTL_MOD, client->data.fd, EPOLLIN, &client->data);
    }
}

static void go_on_with_handshake(struct client *client) {
    enum handshake handshake = tls_handshake(client->data.tls);
    if (handshake == HANDSHAKE_FAILED) {
        fail(client, "no handshake on the data connection");
    } else if (handshake == HANDSHAKE_DONE) {
        client->in_handshake = false;
        handshakes++;
        resumed += SSL_session_reused(client->data.tls);
        watch(poller, EPOLL_CTL_MOD, client->data.fd, put ? EPOLLOUT : EPOLLIN, &client->data);
    }
}

static void start_handshake(struct client *client) {
    SSL_SESSION *session = SSL_get1_session(client->control.tls);
    client->data.tls = tls_start(context, false, client->data.fd, session);
    SSL_SESSION_free(session);
    client->in_handshake = true;
    go_on_with_handshake(client);
}

static void move(struct client *client) {
    if (context != NULL && client->data.tls == NULL) {
        fail(client, "the data connection ended before its handshake");
        return;
    }
    if (client->data.tls != NULL && client->in_handshake) {
        go_on_with_handshake(client);
        return;
    }
    if (client->data.tls != NULL && put) {
        put_private(client);
        return;
    }
    if (put) {
        client->left = send_content(client->data.fd, content, client->left);
        if (client->left < 0) {
            fail(client, "the data connection was cut");
        } else if (client->left == 0) {
            ended(client);
        }
        return;
    }
    enum input input = client->data.tls != NULL ? tls_drop_input(client->data.tls, &client->got)
            : drop_input(client->data.fd, &client->got);
    if (input == INPUT_FAILED) {
        fail(client, "the data connection was cut");
    } else if (input == INPUT_END) {
        ended(client);
    }
}

static void data_ready(struct client *client) {
    if (client->step == DATA_CONNECT) {
        int error = 0;
        socklen_t length = sizeof error;
        getsockopt(client->data.fd, SOL_SOCKET, SO_ERROR, &error, &length);
        if (error != 0) {
            fail(client, strerror(error));
            return;
        }
        char line[64];
        snprintf(line, sizeof line, "%s %ld\r\n", put ? "STOR" : "RETR", bytes_each);
        client->step = MOVE;
        watch(poller, EPOLL_CTL_MOD, client->data.fd, put && context == NULL ? EPOLLOUT : EPOLLIN, &client->data);
        send_line(client, line);
        if (implicit) {
            start_handshake(client);
        }
    } else if (client->step == MOVE && client->data.fd >= 0) {
        move(client);
    }
}

static void dial_data(struct client *client, const char *line) {
    int h[4], p[2];
    const char *open = strchr(line, '(');
    if (open == NULL || sscanf(open, "(%d,%d,%d,%d,%d,%d", h, h + 1, h + 2, h + 3, p, p + 1) != 6) {
        fail(client, line);
        return;
    }
    client->data.fd = dial(p[0] * 256 + p[1]);
    client->step = DATA_CONNECT;
    watch(poller, EPOLL_CTL_ADD, client->data.fd, EPOLLOUT, &client->data);
}

static void noop(struct client *client) {
    client->step = NOOP_SENT;
    client->started = now();
    due = client->started + pace;
    send_line(client, "NOOP\r\n");
}

static void send_user(struct client *client) {
    char text[256];
    snprintf(text, sizeof text, "USER %s\r\n", login);
    client->step = USER;
    send_line(client, text);
}

/* The handshake of the control connection. */
static void secure_control(struct client *client) {
    if (client->control.tls == NULL) {
        client->control.tls = tls_start(context, false, client->control.fd, resume ? kept : NULL);
        client->step = HANDSHAKE;
    }
    enum handshake handshake = tls_handshake(client->control.tls);
    if (handshake == HANDSHAKE_FAILED) {
        fail(client, "no handshake on the control connection");
    } else if (handshake == HANDSHAKE_DONE) {
        snprintf(agreed, sizeof agreed, "%s %s", SSL_get_version(client->control.tls),
                SSL_get_cipher_name(client->control.tls));
        if (mode == HANDSHAKES) {
            handshakes++;
            resumed += SSL_session_reused(client->control.tls);
        }
        if (implicit) {
            client->step = GREETING;
        } else {
            client->step = PBSZ;
            send_line(client, "PBSZ 0\r\n");
        }
    }
}

/* The greeting is there, and with it what the server sends of its session. */
static void end_handshake(struct client *client) {
    add_sample(now() - client->started);
    if (resume) {
        SSL_SESSION_free(kept);
        kept = SSL_get1_session(client->control.tls);
    }
    active--;
    leave(client);
    if (now() < deadline) {
        start_client();
    }
}

static void reply(struct client *client, int code, const char *line) {
    if (code < 200) {
        if (context != NULL && !implicit && client->step == MOVE && client->data.fd >= 0 && client->data.tls == NULL) {
            start_handshake(client);
        }
        return;
    }
    if (code >= 400) {
        fail(client, line);
        return;
    }
    switch (client->step) {
        case GREETING:
            if (mode == HANDSHAKES) {
                end_handshake(client);
            } else if (context != NULL && !implicit) {
                client->step = AUTH;
                send_line(client, "AUTH TLS\r\n");
            } else {
                send_user(client);
            }
            break;
        case AUTH:
            secure_control(client);
            break;
        case PBSZ:
            client->step = PROT;
            send_line(client, "PROT P\r\n");
            break;
        case PROT:
            send_user(client);
            break;
        case USER:
            if (code == 230) {
                logged_in(client);
            } else {
                client->step = PASS;
                send_line(client, "PASS bench@\r\n");
            }
            break;
        case PASS:
            logged_in(client);
            break;
        case PASV:
            dial_data(client, line);
            break;
        case MOVE:
            client->replied = true;
            end_transfer_if_done(client);
            break;
        case NOOP_SENT:
            add_sample(now() - client->started);
            if (pace == 0) {
                noop(client);
            } else {
                client->step = READY;
            }
            break;
        case QUIT:
            add_sample(now() - client->started);
            active--;
            client->step = DRAIN;
            if (now() < deadline) {
                start_client();
            }
            break;
        default:
            break;
    }
}

static void read_replies(struct client *client) {
    if (client->step == CONNECT) {
        watch(poller, EPOLL_CTL_MOD, client->control.fd, EPOLLIN, &client->control);
    }
    if (client->step == CONNECT || client->step == HANDSHAKE) {
        secure_control(client);
        return;
    }
    size_t room = sizeof client->input - (size_t) client->used - 1;
    char *free_input = client->input + client->used;
    ssize_t got = client->control.tls != NULL ? tls_receive(client->control.tls, free_input, room)
            : recv(client->control.fd, free_input, room, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) {
        return;
    }
    if (got <= 0) {
        fail(client, got == 0 ? "the control connection ended" : strerror(errno));
        return;
    }
    client->used += (int) got;
    client->input[client->used] = 0;
    char *start = client->input;
    char *end;
    while (client->step != GONE && (end = strchr(start, '\n')) != NULL) {
        *end = 0;
        if (strspn(start, "0123456789") == 3 && start[3] == ' ') {
            reply(client, atoi(start), start);
        }
        start = end + 1;
    }
    client->used -= (int) (start - client->input);
    memmove(client->input, start, (size_t) client->used);
    if (client->used == (int) sizeof client->input - 1) {
        fail(client, "a reply without end");
    }
}

static void turn(int milliseconds) {
    static double progress;
    struct epoll_event events[128];
    int count = epoll_wait(poller, events, 128, milliseconds);
    double time = now();
    if (count > 0 || progress == 0) {
        progress = time;
    } else if (time - progress > SECONDS_WITHOUT_PROGRESS) {
        die("nothing moves any more: %d clients wait; last failure: %s", active, last_failure);
    }
    for (int i = 0; i < count; i++) {
        struct endpoint *endpoint = events[i].data.ptr;
        if (endpoint->client->step == GONE || endpoint->fd < 0) {
            continue;
        }
        if (endpoint->data) {
            data_ready(endpoint->client);
        } else {
            read_replies(endpoint->client);
        }
    }
    while (gone != NULL) {
        struct client *client = gone;
        gone = client->next_gone;
        free(client);
    }
}

static void log_in(int count) {
    int started = 0;
    everyone = zeroed((size_t) count * sizeof *everyone);
    while (ready < count) {
        while (started < count && started - ready < LOGINS_AT_A_TIME) {
            start_client();
            started++;
        }
        turn(1000);
        if (failed > 0) {
            die("login %d failed: %s", ready + 1, last_failure);
        }
    }
}

static const char *said_of_tls(void) {
    static char text[256];
    snprintf(text, sizeof text, context == NULL ? "" : ", \"tls\": \"%s\", \"handshakes\": %ld, \"resumed\": %ld", agreed,
            handshakes, resumed);
    return text;
}

static void run_transfer(int streams) {
    log_in(streams);
    double start = now();
    for (int i = 0; i < streams; i++) {
        begin_transfer(everyone[i]);
    }
    while (active > 0) {
        turn(1000);
        if (failed > 0) {
            die("the transfer failed: %s", last_failure);
        }
    }
    double elapsed = now() - start;
    printf("{\"bytes\": %ld, \"seconds\": %.6f%s}\n", transferred, elapsed, said_of_tls());
}

/* Nothing is awaited at the end: what is under way is cut. */
static void run_fair(int streams, double seconds) {
    log_in(streams);
    double start = now(), sum = 0, squares = 0;
    for (int i = 0; i < streams; i++) {
        begin_transfer(everyone[i]);
    }
    while (now() - start < seconds) {
        turn(100);
        if (failed > 0) {
            die("a download failed: %s", last_failure);
        }
    }
    double elapsed = now() - start;
    for (int i = 0; i < streams; i++) {
        double got = (double) everyone[i]->got;
        sum += got;
        squares += got * got;
    }
    printf("{\"bytes\": %.0f, \"seconds\": %.6f, \"jain\": %.6f}\n", sum, elapsed,
            squares == 0 ? 0 : sum * sum / (streams * squares));
}

static void run_sessions(int clients, double seconds) {
    double start = now();
    deadline = start + seconds;
    while (active > 0 || now() < deadline) {
        while (active < clients && now() < deadline) {
            start_client();
        }
        turn(100);
        if (failed > 100 || (failed > 0 && sample_count == 0)) {
            die("sessions fail: %s", last_failure);
        }
    }
    double elapsed = now() - start;
    qsort(samples, (size_t) sample_count, sizeof *samples, compare);
    printf("{\"sessions\": %ld, \"seconds\": %.6f, \"failed\": %d, \"p50\": %.9f, \"p99\": %.9f, \"failure\": \"%s\"%s}\n",
            sample_count, elapsed, failed, quantile(0.5), quantile(0.99), last_failure, said_of_tls());
}

static void run_noop(double seconds) {
    log_in(1);
    double start = now();
    noop(everyone[0]);
    while (now() - start < seconds) {
        turn(pace == 0 ? 1000 : 1);
        if (everyone[0]->step == READY && now() >= due) {
            noop(everyone[0]);
        }
        if (failed > 0) {
            die("NOOP failed: %s", last_failure);
        }
    }
    qsort(samples, (size_t) sample_count, sizeof *samples, compare);
    printf("{\"noops\": %ld, \"p50\": %.9f, \"p99\": %.9f}\n", sample_count, quantile(0.5), quantile(0.99));
}

static void run_idle(int sessions) {
    double start = now();
    log_in(sessions);
    printf("{\"sessions\": %d, \"seconds\": %.6f}\n", ready, now() - start);
    fflush(stdout);
    char nothing;
    while (read(STDIN_FILENO, &nothing, 1) > 0) {
    }
}

int main(int count, char **arguments) {
    if (count > 1 && strncmp(arguments[1], "--tls=", 6) == 0) {
        context = tls_context(false, arguments[1] + 6);
        count--;
        arguments++;
    }
    if (context != NULL && count > 1 && strcmp(arguments[1], "--implicit") == 0) {
        implicit = true;
        count--;
        arguments++;
    }
    if (count < 7) {
        die("usage: load [--tls=1.2|1.3|any [--implicit]] SOURCE HOST PORT LOGIN transfer|sessions|noop|idle|fair|handshakes ...");
    }
    allow_many_files();
    source = address_of(arguments[1], 0);
    host = arguments[2];
    control_port = atoi(arguments[3]);
    login = arguments[4];
    poller = epoll_create1(EPOLL_CLOEXEC);
    const char *what = arguments[5];
    if (strcmp(what, "transfer") == 0 && count == 9) {
        mode = TRANSFER;
        put = strcmp(arguments[6], "put") == 0;
        content = make_content();
        content_bytes = map_content(content);
        bytes_each = atol(arguments[8]);
        run_transfer(atoi(arguments[7]));
    } else if (strcmp(what, "sessions") == 0 && count == 9) {
        mode = SESSIONS;
        bytes_each = atol(arguments[8]);
        run_sessions(atoi(arguments[6]), atof(arguments[7]));
    } else if (strcmp(what, "fair") == 0 && count == 8) {
        mode = TRANSFER;
        bytes_each = 1L << 50;
        run_fair(atoi(arguments[6]), atof(arguments[7]));
    } else if (strcmp(what, "handshakes") == 0 && count == 9 && implicit) {
        mode = HANDSHAKES;
        resume = strcmp(arguments[6], "resumed") == 0;
        run_sessions(atoi(arguments[7]), atof(arguments[8]));
    } else if (strcmp(what, "noop") == 0) {
        mode = NOOP;
        pace = count > 7 ? atof(arguments[7]) / 1e3 : 0;
        run_noop(atof(arguments[6]));
    } else if (strcmp(what, "idle") == 0) {
        mode = IDLE;
        run_idle(atoi(arguments[6]));
    } else {
        die("unknown: %s", what);
    }
    return 0;
}
