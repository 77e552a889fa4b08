package io.ftpalg.policy;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * The limits that there are, each one line: its name, default, largest value and meaning. {@link Limits} has the values.
 *
 * <p>A new limit is one line here. {@link Limits#get(Count)} and {@link LimitsBuilder#set(Count, int)} take it from then on, its key
 * in the config file, the schema and the reference follow; methods of its name are a convenience for embedders.
 */
public sealed interface Limit {
    /** Returns its name, such as {@code IDLE_TIMEOUT}. */
    String name();

    /** Returns what is limited, in the words of the reference. */
    String description();

    /** Returns all of them, in the order of the reference. */
    static List<Limit> all() {
        return Stream.<Limit>concat(Stream.of(Count.values()), Stream.of(Time.values()))
                .toList();
    }

    /** A limit on a number or a size, 1 at least. */
    enum Count implements Limit {
        COMMAND_LINE(8192, 1_000_000, "bytes of a command line without its end"),
        REPLY_LINE(16384, 1_000_000, "bytes of a reply line; a longer one is cut"),
        REPLY_LINES(10_000, 1_000_000, "lines of one reply; those beyond are discarded, the last one never"),
        REPLY_BYTES(1 << 20, 999_999_999, "bytes of one reply; lines beyond are discarded, the last one never"),
        TELNET_OPTIONS(32, 1_000_000, "Telnet options refused in a session; those beyond are ignored"),
        PIPELINED_COMMANDS(64, 1_000_000, "pipelined commands that may wait; beyond, the client is not read"),
        PIPELINED_BYTES(
                64 << 10, 999_999_999, "bytes of pipelined commands that may wait; beyond, the client is not read"),
        CONTROL_BUFFER(
                64 << 10,
                999_999_999,
                "bytes that wait to be sent on one control connection; beyond, nothing is read that causes more"),
        CONTROL_MEMORY(
                12,
                100,
                "percent of the heap that all control connections may hold; the largest holders are closed beyond"),
        SESSIONS(20_000, 1_000_000, "sessions at a time"),
        SESSIONS_PER_ADDRESS(50, 1_000_000, "sessions at a time from one address, IPv6 by its /64"),
        NEW_SESSIONS_PER_SECOND(20, 1_000_000, "new sessions a second from one address, IPv6 by its /64"),
        REFUSED_CLIENTS(
                256, 1_000_000, "refused clients that read their reply at a time; those beyond are reset without one"),
        REFUSED_CLIENTS_PER_ADDRESS(
                8, 1_000_000, "refused clients that read their reply at a time from one address, IPv6 by its /64"),
        BAD_COMMANDS(10, 1_000_000, "malformed and unknown commands before the login"),
        FAILED_LOGINS(5, 1_000_000, "refused passwords in a session"),
        FAILED_LOGINS_PER_ADDRESS(20, 1000, "refused passwords from one address, IPv6 by its /64, within the window"),
        FAILED_LOGINS_PER_USER(50, 1000, "refused passwords for one user, from all addresses, within the window"),
        UNEXPECTED_PEERS(16, 1_000_000, "connections of unexpected peers that one data port refuses before it closes"),
        UNSOLICITED_REPLIES(100, 1_000_000, "unsolicited replies in a row before the session ends"),
        REQUESTS_PER_CONNECTION(
                1000, 1_000_000, "requests on one connection of HTTP, which is closed behind the last one"),
        PASSIVE_SHARE(10, 100, "percent of the passive ports that one address may hold, at least 32 ports"),
        RELAY_BUFFER(256 << 10, 999_999_999, "bytes that a transfer may hold in each direction, if both hold some"),
        RELAY_MEMORY(
                64 << 20,
                999_999_999,
                "bytes that the transfers of one event loop hold together before each reads in small pieces");

        private final int byDefault;
        private final int largest;
        private final String description;

        Count(int byDefault, int largest, String description) {
            this.byDefault = byDefault;
            this.largest = largest;
            this.description = description;
        }

        /** Returns the value that suits a gateway on the open Internet. */
        public int byDefault() {
            return byDefault;
        }

        /** Returns the largest value that may be set. */
        public int largest() {
            return largest;
        }

        @Override
        public String description() {
            return description;
        }

        void check(int value) {
            if (value < 1 || value > largest) {
                throw new IllegalArgumentException("limit " + name() + " is 1 to " + largest + ", not " + value);
            }
        }
    }

    /** A limit on a time, longer than nothing. */
    enum Time implements Limit {
        FAILED_LOGIN_WINDOW(
                Duration.ofMinutes(10), "time for which a refused password counts for its address and user"),
        LOGIN_DELAY(Duration.ofSeconds(5), "delay of the reply to a password that the gateway refuses"),
        LOGIN_TIMEOUT(Duration.ofMinutes(1), "time from accept to the accepted login"),
        PROXY_HEADER_TIMEOUT(Duration.ofSeconds(5), "time from accept to the end of a balancer's PROXY header"),
        REQUEST_TIMEOUT(
                Duration.ofSeconds(10),
                "time from accept to the request for a server, where clients begin with SOCKS or HTTP"),
        NEXT_REQUEST_TIMEOUT(
                Duration.ofSeconds(15), "time from a response of HTTP to the next request on its connection"),
        LINE_TIMEOUT(Duration.ofSeconds(30), "time from the first byte of a command line to its end"),
        IDLE_TIMEOUT(Duration.ofMinutes(5), "time without a command, while no transfer runs and no reply is due"),
        TRANSPARENT_IDLE_TIMEOUT(Duration.ofHours(1), "time without a byte, under AUTH passthrough"),
        CONNECT_TIMEOUT(Duration.ofSeconds(10), "timeout of connecting to the server, control and data"),
        TARGET_TIMEOUT(
                Duration.ofSeconds(15),
                "time from a login that names a server to its greeting; a refusal of any cause is sent at this time"),
        REPLY_TIMEOUT(Duration.ofMinutes(10), "timeout of a server's reply; servers that hash or scan take long"),
        GREETING_TIMEOUT(Duration.ofSeconds(30), "timeout of the server's greeting"),
        TLS_HANDSHAKE_TIMEOUT(Duration.ofSeconds(10), "timeout of a TLS handshake, from when it can begin"),
        EXTENDED_REPLY_TIMEOUT(
                Duration.ofSeconds(5), "timeout of the reply to EPSV or EPRT, before PASV or PORT is tried"),
        DATA_ACCEPT_TIMEOUT(
                Duration.ofMinutes(1), "timeout of the data connections of a transfer that the server announced"),
        DATA_IDLE_TIMEOUT(Duration.ofMinutes(1), "timeout of the transfer command after a data port was agreed"),
        STALL_TIMEOUT(
                Duration.ofMinutes(5),
                "timeout of the next byte of a transfer, and of a peer that does not read its control connection"),
        ABORT_GRACE(
                Duration.ofSeconds(5),
                "timeout of the server's replies after a transfer was aborted, or after the client has ended"),
        CLOSE_GRACE(Duration.ofSeconds(2), "timeout of a peer's reading the last reply and closing");

        /** The longest that can be set, so that no deadline overflows. */
        public static final Duration LONGEST = Duration.ofHours(999_999);

        private final Duration byDefault;
        private final String description;

        Time(Duration byDefault, String description) {
            this.byDefault = byDefault;
            this.description = description;
        }

        /** Returns the value that suits a gateway on the open Internet. */
        public Duration byDefault() {
            return byDefault;
        }

        @Override
        public String description() {
            return description;
        }

        void check(Duration value) {
            if (value.isZero() || value.isNegative() || value.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException(
                        "limit " + name() + " is longer than nothing and at most " + LONGEST + ", not " + value);
            }
        }
    }
}
