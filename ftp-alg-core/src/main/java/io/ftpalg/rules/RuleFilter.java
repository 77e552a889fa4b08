package io.ftpalg.rules;

import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.transfer.TransferPermit;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Decides on commands by rules. Where a rule looks at a path and the working directory is not known, the server is asked for it
 * (PWD); where an upload may not replace a file, whether there is one (MDTM). Immutable, used by all event loops.
 */
public final class RuleFilter implements CommandFilter {
    private static final int FILE_TIME = 213;
    private static final int NO_FILE = 550;
    private static final String DEFAULT = "default";

    private final RuleSet rules;
    private final InstantSource clock;

    /** Makes the filter of these rules, by this clock. */
    public RuleFilter(RuleSet rules, InstantSource clock) {
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public Verdict filter(FtpCommand command) {
        throw new IllegalStateException("this filter needs a session: call filter(command, session)");
    }

    @Override
    public Verdict filter(FtpCommand command, FilterContext session) {
        Decision decision = rules.decide(command, session, clock.instant());
        if (decision instanceof Decision.NeedsDirectory) {
            return new Verdict.Ask(FtpCommand.of(FtpVerb.PWD), (reply, after) -> behindDirectory(command, after));
        }
        return verdict(command, decision);
    }

    @Override
    public boolean limitsTransfers() {
        return rules.limitsTransfers();
    }

    private Verdict behindDirectory(FtpCommand command, FilterContext session) {
        Decision decision = rules.decide(command, session, clock.instant());
        return decision instanceof Decision.NeedsDirectory unknown
                ? refuse(unknown.rule(), DefaultReplies.PATH_UNKNOWN, Optional.empty())
                : verdict(command, decision);
    }

    private static Verdict verdict(FtpCommand command, Decision decision) {
        if (decision instanceof Decision.Denied denied) {
            return refuse(denied.rule(), denied.reply(), denied.path());
        }
        if (!(decision instanceof Decision.Allowed allowed)) {
            throw new IllegalStateException("not decided: " + decision);
        }
        TransferPermit permit = allowed.allow().permit();
        Verdict verdict = allowed.command().equals(command)
                ? Verdict.allow(permit)
                : new Verdict.Replace(allowed.command(), permit);
        boolean asksForFile = !allowed.allow().overwrite()
                && (command.verb() == FtpVerb.STOR || command.verb() == FtpVerb.APPE)
                && allowed.path().isPresent();
        return asksForFile
                ? new Verdict.Ask(
                        FtpCommand.of(FtpVerb.MDTM, allowed.path().get()),
                        (reply, after) -> unlessThere(verdict, allowed, reply))
                : verdict;
    }

    /** Only a clear no lets the upload begin: a server that does not have MDTM could replace the file. */
    private static Verdict unlessThere(Verdict verdict, Decision.Allowed allowed, FtpReply reply) {
        if (reply.code() == NO_FILE) {
            return verdict;
        }
        FtpReply refusal = reply.code() == FILE_TIME ? DefaultReplies.EXISTS : DefaultReplies.NO_PERMISSION;
        return refuse(allowed.rule(), refusal, allowed.path());
    }

    private static Verdict refuse(Optional<Rule> rule, FtpReply reply, Optional<String> path) {
        return new Verdict.Refuse(reply, Optional.of(rule.map(Rule::name).orElse(DEFAULT)), path);
    }
}
