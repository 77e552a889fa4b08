package io.ftpalg.policy;

import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.Direction;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Decides on each command before anything else does. Called on the session's event loop, once a command, in order; a
 * filter that throws ends its session. What takes long is decided by {@link Verdict.Later}, never by blocking.
 */
@FunctionalInterface
public interface CommandFilter {

    /** Decides by the command and the session's context; see {@link #withSession}. */
    @FunctionalInterface
    interface WithSession {
        /** Returns how the command is handled. */
        Verdict filter(FtpCommand command, FilterContext session);
    }

    /** Returns how the command is handled. Not called by the gateway if the other method is overridden. */
    Verdict filter(FtpCommand command);

    /** Returns how the command is handled; the gateway calls this one. */
    default Verdict filter(FtpCommand command, FilterContext session) {
        return filter(command);
    }

    /** Returns a filter that decides by the session's context too. */
    static CommandFilter withSession(WithSession filter) {
        return new CommandFilter() {
            @Override
            public Verdict filter(FtpCommand command) {
                throw new IllegalStateException("this filter needs a session: call filter(command, session)");
            }

            @Override
            public Verdict filter(FtpCommand command, FilterContext session) {
                return filter.filter(command, session);
            }
        };
    }

    /**
     * Returns whether verdicts may permit less than any transfer ({@link Verdict.Allow#permit}). Asked when a data port is agreed: the
     * kernel carries no data then ({@link RelayType#KERNEL}), which could not be counted or inspected.
     */
    default boolean limitsTransfers() {
        return false;
    }

    /** Returns the same, as one whose verdicts may limit transfers. */
    default CommandFilter limitingTransfers() {
        CommandFilter decides = this;
        return new CommandFilter() {
            @Override
            public Verdict filter(FtpCommand command) {
                return decides.filter(command);
            }

            @Override
            public Verdict filter(FtpCommand command, FilterContext session) {
                return decides.filter(command, session);
            }

            @Override
            public boolean limitsTransfers() {
                return true;
            }
        };
    }

    /** Returns the filter that this one and then the other decide: the first that does not allow wins, and what both permit holds. */
    default CommandFilter and(CommandFilter next) {
        CommandFilter first = this;
        return new CommandFilter() {
            @Override
            public Verdict filter(FtpCommand command) {
                return then(first.filter(command), () -> next.filter(command));
            }

            @Override
            public Verdict filter(FtpCommand command, FilterContext session) {
                return then(first.filter(command, session), () -> next.filter(command, session));
            }

            @Override
            public boolean limitsTransfers() {
                return first.limitsTransfers() || next.limitsTransfers();
            }
        };
    }

    private static Verdict then(Verdict verdict, Supplier<Verdict> next) {
        if (verdict instanceof Verdict.Later later) {
            return new Verdict.Later(later.verdict().thenApply(decided -> then(decided, next)));
        }
        if (verdict instanceof Verdict.Ask ask) {
            return new Verdict.Ask(
                    ask.question(), (reply, session) -> then(ask.decide().decide(reply, session), next));
        }
        return verdict instanceof Verdict.Allow allowed ? within(allowed.permit(), next.get()) : verdict;
    }

    private static Verdict within(TransferPermit permit, Verdict verdict) {
        if (permit.equals(TransferPermit.ANY)) {
            return verdict;
        }
        if (verdict instanceof Verdict.Allow allow) {
            return Verdict.allow(permit.and(allow.permit()));
        }
        if (verdict instanceof Verdict.Replace replace) {
            return new Verdict.Replace(replace.command(), permit.and(replace.permit()));
        }
        if (verdict instanceof Verdict.Later later) {
            return new Verdict.Later(later.verdict().thenApply(decided -> within(permit, decided)));
        }
        return verdict instanceof Verdict.Ask ask
                ? new Verdict.Ask(
                        ask.question(),
                        (reply, session) -> within(permit, ask.decide().decide(reply, session)))
                : verdict;
    }

    /** Lets every command pass. */
    static CommandFilter allowAll() {
        return command -> Verdict.allow();
    }

    /** Refuses these verbs, and their X-forms, with 502. */
    static CommandFilter deny(Set<FtpVerb> verbs) {
        Set<FtpVerb> denied = verbs.stream().map(FtpVerb::standard).collect(Collectors.toUnmodifiableSet());
        return command ->
                denied.contains(command.verb().standard()) ? new Verdict.Refuse(Replies.NOT_ALLOWED) : Verdict.allow();
    }

    /**
     * Refuses the SITE commands that gave away servers: EXEC (CVE-2000-0573), CPFR and CPTO (CVE-2015-3306); also in the
     * quotes, and behind the white space, that a server may take away.
     */
    static CommandFilter safeSite() {
        Set<String> denied = Set.of("EXEC", "CPFR", "CPTO");
        return command -> {
            if (command.verb() != FtpVerb.SITE) {
                return Verdict.allow();
            }
            return denied.contains(Direction.siteWord(command.argument()))
                    ? new Verdict.Refuse(Replies.NOT_ALLOWED, "safe-site")
                    : Verdict.allow();
        };
    }
}
