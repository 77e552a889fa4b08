package io.ftpalg.session.server;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.base.ReplyGatherer;
import io.ftpalg.session.base.Timers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reply that came while a command was in flight and one about an earlier transfer was outstanding, which it may be or
 * not: some servers never reply to an ABOR. If another reply follows, it was the outstanding one; if none
 * does within a grace, it is the reply to the command. Owned by {@link ServerReplies}.
 */
final class DoubtfulReply {
    private final Timers timers;
    private final Duration grace;
    private final Consumer<ReplyLine> answer;
    private @Nullable ReplyGatherer gatherer;

    /** Makes it; the lines of a reply to the command in flight go to {@code answer}. */
    DoubtfulReply(Timers timers, Duration grace, Consumer<ReplyLine> answer) {
        this.timers = timers;
        this.grace = grace;
        this.answer = answer;
    }

    /** Takes a line of a reply that seems to be the outstanding one. */
    void add(ReplyLine line) {
        if (line.starts()) {
            drop();
            gatherer = new ReplyGatherer();
        }
        Optional<FtpReply> whole = gatherer == null ? Optional.empty() : gatherer.add(line);
        if (whole.isPresent()) {
            timers.start(Timers.Kind.OWED, grace, () -> decide(whole.get()));
        }
    }

    private void decide(FtpReply reply) {
        drop();
        reply.split().forEach(answer);
    }

    /** Another reply came, or the command needs no reply any more: it was the outstanding one. */
    void drop() {
        gatherer = null;
        timers.stop(Timers.Kind.OWED);
    }
}
