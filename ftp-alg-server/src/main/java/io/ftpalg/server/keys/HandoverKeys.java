package io.ftpalg.server.keys;

import static io.ftpalg.server.keys.Key.Kind.PATH;
import static io.ftpalg.server.keys.Key.Kind.TIME;

import io.ftpalg.server.settings.HandoverSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The keys of {@code handover}, by which a new process takes the place of the running one, and the settings that they come to. */
final class HandoverKeys {
    static final Key<Path> SOCKET = Key.of(
                    "socket",
                    PATH,
                    "FILE",
                    "Unix domain socket by which a new process takes over the listening sockets of the running one, such as"
                            + " /run/ftp-alg/handover.sock; needs epoll",
                    Meanings::socket)
            .needed();
    static final Key<Duration> OLD_SESSIONS = Key.of(
                    "old-sessions",
                    TIME,
                    "TIME",
                    "time for the sessions of the replaced process, which ends with the last one; then drain-timeout begins",
                    Meanings::time)
            .standard("1h");
    static final Section HANDOVER = Section.of(
            "handover", "replacement of the running process by a new one; off if left out", SOCKET, OLD_SESSIONS);

    private HandoverKeys() {}

    /** Returns the settings, if the section is given; a problem was reported where they are missing then. */
    static Optional<HandoverSettings> read(Given program) {
        if (!program.offers(HANDOVER) || !program.has(HANDOVER)) {
            return Optional.empty();
        }
        Given handover = program.section(HANDOVER);
        return handover.one(SOCKET).map(path -> new HandoverSettings(path, handover.get(OLD_SESSIONS)));
    }
}
