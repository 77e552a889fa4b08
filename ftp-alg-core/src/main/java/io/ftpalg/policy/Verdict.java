package io.ftpalg.policy;

import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What a {@link CommandFilter} decided. */
public sealed interface Verdict {

    /**
     * Let the command be handled as it is.
     *
     * @param permit what its transfer may do, if it is one
     */
    record Allow(TransferPermit permit) implements Verdict {
        private static final Allow ALLOW = new Allow(TransferPermit.ANY);
    }

    /**
     * Do not let the command reach the server.
     *
     * @param reply what the client receives, 4yz or 5yz; 421 ends the session too
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
     * @param permit what its transfer may do, if it is one
     */
    record Replace(FtpCommand command, TransferPermit permit) implements Verdict {
        /** Makes one of a command that may transfer anything. */
        public Replace(FtpCommand command) {
            this(command, TransferPermit.ANY);
        }
    }

    /**
     * Decide later; the client's next commands wait until then. The client gets a 451 if that takes longer than
     * {@link Limits#replyTimeout}, and the stage is cancelled.
     *
     * @param verdict completed with the decision, on any thread; a stage that fails ends the session
     */
    record Later(CompletionStage<? extends Verdict> verdict) implements Verdict {}

    /**
     * Ask the server first, and decide by its reply. The client sees neither the command nor the reply, and its next commands wait. It
     * gets a 451 where the server cannot be asked: without one, before the login, and for a command that overtakes another.
     *
     * @param question what the server is sent; no login, no transfer and no data port
     * @param decide decides; may ask again, three times a command
     */
    record Ask(FtpCommand question, Decider decide) implements Verdict {

        /** Decides by the reply to a question. */
        @FunctionalInterface
        public interface Decider {
            /**
             * Returns how the command of the client is handled.
             *
             * @param reply the server's final reply
             * @param session the session's context behind it: a PWD names the working directory
             */
            Verdict decide(FtpReply reply, FilterContext session);
        }

        public Ask {
            if (question.verb().transfers()
                    || question.verb().is(FtpVerb.Trait.DATA_PORT)
                    || question.verb().is(FtpVerb.Trait.LOGIN)
                    || question.verb().is(FtpVerb.Trait.SECURITY)
                    || question.verb().is(FtpVerb.Trait.URGENT)) {
                throw new IllegalArgumentException("a filter cannot ask " + question.verb());
            }
        }
    }

    /** Returns the verdict that lets the command be handled as it is, and transfer anything. */
    static Verdict allow() {
        return Allow.ALLOW;
    }

    /** Returns the verdict that lets the command be handled as it is, and transfer what is permitted. */
    static Verdict allow(TransferPermit permit) {
        return permit.equals(TransferPermit.ANY) ? Allow.ALLOW : new Allow(permit);
    }
}
