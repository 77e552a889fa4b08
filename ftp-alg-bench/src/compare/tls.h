/* TLS of the load generator and its server, by OpenSSL: without blocking, AES-128-GCM, content from memory, nothing kept. */
#ifndef COMPARE_TLS_H
#define COMPARE_TLS_H

#include "common.h"
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#define TLS_RECORD_BYTES 16384L

static inline __attribute__((noreturn)) void die_of_tls(const char *what) {
    char text[256];
    ERR_error_string_n(ERR_get_error(), text, sizeof text);
    die("%s: %s", what, text);
}

/* Gives the context a P-256 key and a certificate of its own; nobody checks it. */
static inline void tls_certify(SSL_CTX *context) {
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *certificate = X509_new();
    if (key == NULL || certificate == NULL) {
        die_of_tls("no key");
    }
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate), 86400);
    X509_set_pubkey(certificate, key);
    X509_NAME *name = X509_get_subject_name(certificate);
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, (const unsigned char *) "bench", -1, -1, 0);
    X509_set_issuer_name(certificate, name);
    if (X509_sign(certificate, key, EVP_sha256()) == 0 || SSL_CTX_use_certificate(context, certificate) != 1
            || SSL_CTX_use_PrivateKey(context, key) != 1) {
        die_of_tls("no certificate");
    }
    X509_free(certificate);
    EVP_PKEY_free(key);
}

/* Version 1.2 or 1.3 alone, or both. */
static inline SSL_CTX *tls_context(bool server, const char *version) {
    SSL_CTX *context = SSL_CTX_new(server ? TLS_server_method() : TLS_client_method());
    if (context == NULL) {
        die_of_tls("no TLS");
    }
    SSL_CTX_set_min_proto_version(context, strcmp(version, "1.3") == 0 ? TLS1_3_VERSION : TLS1_2_VERSION);
    SSL_CTX_set_max_proto_version(context, strcmp(version, "1.2") == 0 ? TLS1_2_VERSION : TLS1_3_VERSION);
    if (SSL_CTX_set_cipher_list(context, "ECDHE+AES128+AESGCM") != 1
            || SSL_CTX_set_ciphersuites(context, "TLS_AES_128_GCM_SHA256") != 1) {
        die_of_tls("no AES-128-GCM");
    }
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    SSL_CTX_set_session_id_context(context, (const unsigned char *) "bench", 5);
    if (server) {
        tls_certify(context);
    }
    return context;
}

/* Resumes this session, if there is one. */
static inline SSL *tls_start(SSL_CTX *context, bool server, int fd, SSL_SESSION *session) {
    SSL *tls = SSL_new(context);
    if (tls == NULL || SSL_set_fd(tls, fd) != 1) {
        die_of_tls("no TLS");
    }
    if (server) {
        SSL_set_accept_state(tls);
    } else {
        SSL_set_connect_state(tls);
    }
    if (session != NULL) {
        SSL_set_session(tls, session);
    }
    return tls;
}

enum handshake { HANDSHAKE_MORE, HANDSHAKE_DONE, HANDSHAKE_FAILED };

/* Goes on with the handshake. Its messages fit into what a socket buffers: it only ever waits for input. */
static inline enum handshake tls_handshake(SSL *tls) {
    ERR_clear_error();
    int result = SSL_do_handshake(tls);
    if (result == 1) {
        return HANDSHAKE_DONE;
    }
    return SSL_get_error(tls, result) == SSL_ERROR_WANT_READ ? HANDSHAKE_MORE : HANDSHAKE_FAILED;
}

/* As recv: -1 and EAGAIN if there is nothing yet, 0 at close_notify. */
static inline ssize_t tls_receive(SSL *tls, void *buffer, size_t bytes) {
    ERR_clear_error();
    int got = SSL_read(tls, buffer, (int) bytes);
    if (got > 0) {
        return got;
    }
    int error = SSL_get_error(tls, got);
    errno = error == SSL_ERROR_WANT_READ ? EAGAIN : EPROTO;
    return error == SSL_ERROR_ZERO_RETURN ? 0 : -1;
}

static inline void tls_send_text(SSL *tls, const char *text) {
    ERR_clear_error();
    SSL_write(tls, text, (int) strlen(text));
}

/* Sends a turn's worth; returns what is left, or -1 if the connection failed. */
static inline long tls_send_content(SSL *tls, const char *content, long left) {
    long turn = TURN_BYTES;
    while (left > 0 && turn > 0) {
        long offset = left % CONTENT_BYTES == 0 ? 0 : CONTENT_BYTES - left % CONTENT_BYTES;
        long room = CONTENT_BYTES - offset;
        long most = left < room ? left : room;
        ERR_clear_error();
        int sent = SSL_write(tls, content + offset, (int) (most < TLS_RECORD_BYTES ? most : TLS_RECORD_BYTES));
        if (sent <= 0) {
            return SSL_get_error(tls, sent) == SSL_ERROR_WANT_WRITE ? left : -1;
        }
        left -= sent;
        turn -= sent;
    }
    return left;
}

/* Takes a turn's worth and adds it to the count. A whole record at a time: none waits where epoll does not see it. */
static inline enum input tls_drop_input(SSL *tls, long *count) {
    static char record[TLS_RECORD_BYTES];
    long turn = TURN_BYTES;
    while (turn > 0) {
        ssize_t got = tls_receive(tls, record, sizeof record);
        if (got <= 0) {
            return got == 0 ? INPUT_END : errno == EAGAIN ? INPUT_MORE : INPUT_FAILED;
        }
        *count += got;
        turn -= got;
    }
    return INPUT_MORE;
}

/* Sends close_notify and FIN; returns false while there is no room for them. */
static inline bool tls_end_output(SSL *tls, int fd) {
    ERR_clear_error();
    int result = SSL_shutdown(tls);
    if (result < 0 && SSL_get_error(tls, result) == SSL_ERROR_WANT_WRITE) {
        return false;
    }
    shutdown(fd, SHUT_WR);
    return true;
}

/* Gives it up; close_notify goes where it still can, and leaves the session fit to be resumed. */
static inline void tls_free(SSL *tls) {
    if (tls != NULL) {
        ERR_clear_error();
        if (SSL_is_init_finished(tls)) {
            SSL_shutdown(tls);
        }
        SSL_free(tls);
    }
}

#endif
