package io.ftpalg.rules;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import java.util.Optional;

/** What the rules decided on a command. */
public sealed interface Decision {

    /** Returns the rule that decided; nothing for the default, and for what no rule can decide on. */
    Optional<Rule> rule();

    /**
     * The command is handled.
     *
     * @param rule the rule that decided
     * @param command the command as it is handled: the client's, or one with another path
     * @param path the path at the server, if it was resolved
     * @param allow what else is allowed to it
     */
    record Allowed(Optional<Rule> rule, FtpCommand command, Optional<String> path, Action.Allow allow)
            implements Decision {}

    /**
     * The command is refused.
     *
     * @param rule the rule that decided
     * @param reply what the client receives
     * @param path the path at the server, if it was resolved
     * @param reason why, beyond the rule itself; may be empty
     */
    record Denied(Optional<Rule> rule, FtpReply reply, Optional<String> path, String reason) implements Decision {}

    /**
     * The working directory must be known first.
     *
     * @param rule the rule that looks at the path; nothing for a jail
     */
    record NeedsDirectory(Optional<Rule> rule) implements Decision {}
}
