package io.ftpalg.rules;

import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.FtpReply;
import java.util.Optional;

/** What a rule does with a command that it matches. */
public sealed interface Action {

    /**
     * Lets the command be handled.
     *
     * @param permit what a transfer may move, and what inspects it; an upload of which ALLO declared more is refused before it begins
     * @param overwrite whether an upload may replace a file, or append to it: if not, the server is asked first whether there is one
     */
    record Allow(TransferPermit permit, boolean overwrite) implements Action {
        /** The command, whatever it does. */
        public static final Allow ANY = new Allow(TransferPermit.ANY, true);
    }

    /**
     * Refuses the command.
     *
     * @param reply what the client receives, 4yz or 5yz, in place of the one that is usual for the verb
     */
    record Deny(Optional<FtpReply> reply) implements Action {
        /** The usual reply. */
        public static final Deny USUAL = new Deny(Optional.empty());

        public Deny {
            if (reply.isPresent() && !reply.get().isNegative()) {
                throw new IllegalArgumentException("a denial is a 4yz or 5yz reply");
            }
        }
    }

    /**
     * Keeps the session in a directory: the client sees it as {@code /}. Decides nothing: the rules behind it do, on the paths at the
     * server.
     *
     * @param root the absolute path at the server; {@code %u} stands for the user of the session, {@code %p} for the user of the gateway
     */
    record Jail(String root) implements Action {
        public Jail {
            if (!root.startsWith("/")) {
                throw new IllegalArgumentException("a jail is an absolute path");
            }
        }
    }
}
