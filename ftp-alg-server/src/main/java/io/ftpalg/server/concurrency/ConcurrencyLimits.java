package io.ftpalg.server.concurrency;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.FilterContext;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.server.concurrency.UseCounts.Kind;
import io.ftpalg.server.concurrency.UseCounts.Limit;
import io.ftpalg.server.concurrency.UseCounts.Subject;
import io.ftpalg.server.settings.limits.ConcurrencySettings;
import io.ftpalg.server.settings.limits.ConcurrencySettings.AtOnce;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The limits of one gateway on sessions and transfers at a time. A session is counted with its first command after the login, so that a
 * password is needed to use up a user's sessions; one too many is refused with 421, which ends it. A transfer too many is refused with 450.
 * Filter and listener of all sessions, each on its event loop.
 */
public final class ConcurrencyLimits implements CommandFilter, AlgListener {
    private static final String SESSION_RULE = "session-limit";
    private static final String TRANSFER_RULE = "transfer-limit";
    private static final int FIRST_NEGATIVE = 400;

    private final ConcurrencySettings settings;
    private final UseCounts counts;
    private final Map<Long, Use> uses = new ConcurrentHashMap<>();

    /** What one session is counted for. Used on its event loop. */
    private static final class Use {
        private List<Limit> sessions = List.of();
        private List<Limit> transfers = List.of();
        private boolean running;
    }

    /** Makes those of these settings. */
    public ConcurrencyLimits(ConcurrencySettings settings, UseCounts counts) {
        this.settings = settings;
        this.counts = counts;
    }

    /** Returns whether nothing is limited. */
    public boolean isEmpty() {
        return settings.equals(ConcurrencySettings.NONE);
    }

    @Override
    public Verdict filter(FtpCommand command) {
        throw new IllegalStateException("this filter needs a session: call filter(command, session)");
    }

    @Override
    public Verdict filter(FtpCommand command, FilterContext session) {
        if (!session.loggedIn()
                || command.verb() == FtpVerb.QUIT
                || command.verb().is(FtpVerb.Trait.URGENT)) {
            return Verdict.allow();
        }
        Use use = uses.computeIfAbsent(session.session(), id -> new Use());
        List<Limit> sessions = limits(session, AtOnce::sessions);
        if (!sessions.equals(use.sessions)) {
            counts.leaveSession(use.sessions);
            use.sessions = List.of();
            Optional<Limit> reached = counts.enterSession(sessions);
            if (reached.isPresent()) {
                return new Verdict.Refuse(
                        FtpReply.of(421, "Too many sessions of this " + text(reached.get())), SESSION_RULE);
            }
            use.sessions = sessions;
        }
        return command.verb().transfers() ? transfer(use, session) : Verdict.allow();
    }

    private Verdict transfer(Use use, FilterContext session) {
        endTransfer(use);
        List<Limit> transfers = limits(session, AtOnce::transfers);
        Optional<Limit> reached = counts.enterTransfer(transfers);
        if (reached.isPresent()) {
            return new Verdict.Refuse(
                    FtpReply.of(450, "Too many transfers of this " + text(reached.get())), TRANSFER_RULE);
        }
        use.transfers = transfers;
        return Verdict.allow();
    }

    private static String text(Limit limit) {
        return limit.subject().kind().word() + " at a time: " + limit.most() + ", try again later.";
    }

    private List<Limit> limits(FilterContext session, Function<AtOnce, Optional<Integer>> which) {
        List<Limit> limits = new ArrayList<>();
        Optional<String> user = session.proxyUser().map(ProxyUser::name).or(session::user);
        user.ifPresent(name -> which.apply(settings.users().getOrDefault(name, settings.eachUser()))
                .ifPresent(most -> limits.add(new Limit(new Subject(Kind.USER, name), most))));
        settings.groups().forEach((group, atOnce) -> {
            if (session.proxyUser().filter(one -> one.groups().contains(group)).isPresent()) {
                which.apply(atOnce).ifPresent(most -> limits.add(new Limit(new Subject(Kind.GROUP, group), most)));
            }
        });
        settings.clients()
                .forEach(
                        (network, atOnce) -> add(limits, Kind.CLIENTS, network, session.client(), which.apply(atOnce)));
        session.server().filter(server -> !server.isUnresolved()).ifPresent(server -> settings.servers()
                .forEach((network, atOnce) -> add(limits, Kind.SERVERS, network, server, which.apply(atOnce))));
        return limits;
    }

    private static void add(
            List<Limit> limits, Kind kind, Cidr network, InetSocketAddress peer, Optional<Integer> most) {
        most.filter(any -> network.contains(peer.getAddress()))
                .ifPresent(count -> limits.add(new Limit(new Subject(kind, network.toString()), count)));
    }

    private void endTransfer(Use use) {
        counts.leaveTransfer(use.transfers);
        use.transfers = List.of();
        use.running = false;
    }

    // ---- until it ends

    @Override
    public void transferStarted(TransferStarted event) {
        Use use = uses.get(event.session());
        if (use != null) {
            use.running = true;
        }
    }

    @Override
    public void transferFinished(TransferFinished event) {
        Use use = uses.get(event.session());
        if (use != null) {
            endTransfer(use);
        }
    }

    /** A transfer that was refused before it began. */
    @Override
    public void replySent(ReplySent event) {
        Use use = event.code() < FIRST_NEGATIVE ? null : uses.get(event.session());
        if (use != null && !use.running) {
            endTransfer(use);
        }
    }

    @Override
    public void sessionClosed(SessionClosed event) {
        Use use = uses.remove(event.session());
        if (use != null) {
            endTransfer(use);
            counts.leaveSession(use.sessions);
        }
    }
}
