package io.ftpalg.server.audit.sink;

import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What is configured of one sink. */
public sealed interface SinkSettings {

    /** Returns its name: the label of its metric, and its name in the log. */
    String name();

    /** Returns whether sessions and transfers are refused while it cannot write. */
    boolean must();

    /** Returns the bounds of its queue. */
    Bounds queue();

    /**
     * The bounds of a queue.
     *
     * @param records so many records
     * @param bytes so many bytes of them in memory, roughly
     */
    record Bounds(int records, long bytes) {}

    /** What the lines of a file are. */
    enum Format {
        /** Records, linked by hashes. */
        JSON,
        /** Transfers of files, as WU-FTPD's xferlog has them. */
        XFERLOG
    }

    /** When a file is written through to the disk. */
    enum Sync {
        /** When the system does. */
        NEVER,
        /** About once a second. */
        INTERVAL,
        /** Behind each record. */
        EACH
    }

    /**
     * When a file is rotated, and what happens to the rotated ones.
     *
     * @param size at so many bytes; 0 is never
     * @param every at so great an age, if at all
     * @param compress whether rotated files are compressed
     * @param keepFiles how many rotated files are kept; 0 is all
     * @param keepTime how long, if not for ever
     */
    record Rotation(
            long size, Optional<Duration> every, boolean compress, int keepFiles, Optional<Duration> keepTime) {}

    /** How messages get to a syslog server. */
    enum Protocol {
        /** RFC 5426. */
        UDP(514),
        /** RFC 6587, with octet counting. */
        TCP(514),
        /** RFC 5425. */
        TLS(6514);

        private final int port;

        Protocol(int port) {
            this.port = port;
        }

        /** Returns the port where a server listens by custom. */
        public int port() {
            return port;
        }
    }

    /** The facility of messages (RFC 5424 section 6.2.1). */
    enum Facility {
        DAEMON(3),
        AUTH(4),
        AUTHPRIV(10),
        LOCAL0(16),
        LOCAL1(17),
        LOCAL2(18),
        LOCAL3(19),
        LOCAL4(20),
        LOCAL5(21),
        LOCAL6(22),
        LOCAL7(23);

        private final int number;

        Facility(int number) {
            this.number = number;
        }

        int number() {
            return number;
        }
    }

    /**
     * A syslog server.
     *
     * @param server where it is
     * @param protocol how messages get there
     * @param ca the CAs of its certificate, the JDK's if empty; of TLS only
     * @param facility the facility of messages
     */
    record SyslogSettings(
            String name,
            boolean must,
            Bounds queue,
            HostPort server,
            Protocol protocol,
            Optional<Path> ca,
            Facility facility)
            implements SinkSettings {}

    /**
     * An HTTP server that gets batches of records.
     *
     * @param url where they are posted to, http or https
     * @param secret the key of signatures, if requests are signed
     * @param ca the CAs of its certificate, the JDK's if empty; of https only
     */
    record WebhookSettings(String name, boolean must, Bounds queue, URI url, Optional<Secret> secret, Optional<Path> ca)
            implements SinkSettings {}

    /**
     * A file.
     *
     * @param path its path
     * @param format what its lines are
     * @param key the key of the hash chain, if it has one
     * @param sync when it is written through
     */
    record FileSettings(
            String name,
            boolean must,
            Bounds queue,
            Path path,
            Format format,
            Rotation rotation,
            Sync sync,
            Optional<Secret> key)
            implements SinkSettings {}
}
