package io.ftpalg.policy;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a {@link CommandFilter} decided. */
public sealed interface Verdict {

    /** Let the command be handled as it is. */
    record Allow() implements Verdict {
        private static final Allow ALLOW = new Allow();
    }

    /**
     * Do not let the command reach the server.
     *
     * @param reply what the client receives, 4yz or 5yz
     * @param rule the name of the rule that decided, for log and audit
     * @param path the path that was decided on, as the rule resolved it, if there is one
     */
    record Refuse(FtpReply reply, Optional<String> rule, Optional<String> path) implements Verdict {
        public Refuse {
            if (!reply.isNegative()) {
                throw new IllegalArgumentException("a refusal is a 4yz or 5yz reply, not " + reply.code());
            }
        }

        /** Makes a refusal that names no rule. */
        public Refuse(FtpReply reply) {
            this(reply, Optional.empty(), Optional.empty());
        }

        /** Makes a refusal by this rule. */
        public Refuse(FtpReply reply, String rule) {
            this(reply, Optional.of(rule), Optional.empty());
        }
    }

    /**
     * Handle another command in its place.
     *
     * @param command what is handled; it is not filtered again
     */
    record Replace(FtpCommand command) implements Verdict {}

    /**
     * Decide later; the client's next commands wait until then. The client gets a 451 if that takes longer than
     * {@link Limits#replyTimeout}, and the stage is cancelled.
     *
     * @param verdict completed with the decision, on any thread; a stage that fails ends the session
     */
    record Later(CompletionStage<? extends Verdict> verdict) implements Verdict {}

    /** Returns the verdict that lets the command be handled as it is. */
    static Verdict allow() {
        return Allow.ALLOW;
    }
}
