package io.ftpalg.session.transfer;

import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.DataSyntaxException;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.base.DataPlan;
import io.ftpalg.session.base.ReplyGatherer;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.base.SyntaxResult;
import io.ftpalg.session.base.Timers;
import io.ftpalg.session.exchange.Exchange;
import io.ftpalg.session.exchange.SessionContext;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A data port being agreed, first with the server, then with the client, so that a failure can still be reported.
 *
 * <pre>
 *  server passive:  PASV/EPSV -> 227/229 -> dialled (early) \
 *                                                            > client passive: listen -> 227/229
 *  server active:   listen -> PORT/EPRT -> 200              /  client active:  200
 * </pre>
 *
 * <p>Where the kernel may carry the connection ({@link SessionActions#mayOffload}), nothing is dialled: the port of the passive side is
 * opened, a request is made to the kernel, and the port is announced with its result. If the kernel does not carry it, all continues as above.
 */
final class DataPortExchange extends Exchange {
    /** Ports below belong to services that FTP has no business with (RFC 2577 section 3). */
    static final int LOWEST_PORT = 1024;

    /** A refusal with one of these is about the login, whatever the syntax. */
    private static final Set<Integer> ABOUT_LOGIN = Set.of(530, 532);

    private final DataSyntax clientSyntax;
    private final Optional<InetSocketAddress> clientTarget;
    private final Deque<DataSyntax> candidates;
    private final ReplyGatherer gatherer = new ReplyGatherer();
    private final DataPlan plan;
    private Asked asked = Asked.NOTHING;
    private boolean extendedReplyOwed;
    private final Map<DataSyntax, SyntaxResult> failures = new EnumMap<>(DataSyntax.class);
    private String serversWords = "";
    private final OffloadOffer offer;

    /** Where the question to the server stands. */
    private enum Asked {
        NOTHING,
        PENDING,
        ANSWERED
    }

    DataPortExchange(
            SessionContext session,
            FtpCommand command,
            DataSyntax clientSyntax,
            Optional<InetSocketAddress> clientTarget) {
        super(session, command);
        this.clientSyntax = clientSyntax;
        this.clientTarget = clientTarget;
        this.candidates = new ArrayDeque<>(session.server().candidates(clientSyntax));
        this.plan = new DataPlan(clientSyntax, candidates.element());
        this.offer = new OffloadOffer(session, plan);
    }

    @Override
    protected void start() {
        session.data().plan(plan);
        clientTarget.ifPresent(plan.leg(Side.CLIENT)::target);
        askServer();
    }

    private DataPlan.Leg serverLeg() {
        return plan.leg(Side.SERVER);
    }

    /** Asks in the best syntax that is left; all that are left have the same direction. */
    private void askServer() {
        DataSyntax syntax = candidates.remove();
        serverLeg().syntax(syntax);
        if (syntax.passive()) {
            // Some servers take an argument of PASV; EPSV's is between the client and us.
            send(syntax == DataSyntax.PASV && clientSyntax == syntax ? command : FtpCommand.of(syntax.verb()));
        } else {
            serverLeg().local().ifPresentOrElse(this::sendPort, () -> serverLeg()
                    .listen(port));
        }
    }

    private void sendPort(InetSocketAddress local) {
        DataSyntax syntax = serverLeg().syntax();
        send(FtpCommand.of(syntax.verb(), syntax.format(local)));
    }

    private void send(FtpCommand request) {
        port.toServer(request);
        asked = Asked.PENDING;
        session.replies().await();
        if (serverLeg().syntax() == DataSyntax.EPSV && !candidates.isEmpty()) {
            // Not so for EPRT: its late reply cannot be distinguished from that to PORT.
            session.timers().start(Timers.Kind.EXCHANGE, session.limits().extendedReplyTimeout(), () -> {
                extendedReplyOwed = true;
                fallBack(SyntaxResult.TIMED_OUT);
            });
        }
    }

    @Override
    public boolean expectsReply() {
        return asked == Asked.PENDING;
    }

    @Override
    protected void onServerLine(ReplyLine line) {
        gatherer.add(line).filter(reply -> !reply.isPreliminary()).ifPresent(this::onReply);
    }

    private void onReply(FtpReply reply) {
        if (extendedReplyOwed) {
            extendedReplyOwed = false;
            if (reply.code() != serverLeg().syntax().positiveCode()) {
                // The reply to the first command, unless no other comes: then the server never replied to that one.
                session.timers()
                        .start(Timers.Kind.EXCHANGE, session.limits().extendedReplyTimeout(), () -> onReply(reply));
                return;
            }
        }
        asked = Asked.ANSWERED;
        session.timers().stop(Timers.Kind.REPLY);
        session.timers().stop(Timers.Kind.EXCHANGE);
        DataSyntax syntax = serverLeg().syntax();
        if (serverLeg().step() == DataPlan.Step.OVER) {
            fail(Replies.NO_DATA_CONNECTION);
        } else if (syntax.passive() ? reply.code() == syntax.positiveCode() : reply.isPositive()) {
            onAgreed(reply);
        } else if (!ABOUT_LOGIN.contains(reply.code()) && !candidates.isEmpty()) {
            fallBack(SyntaxResult.REFUSED);
        } else {
            fail(reply.isNegative() ? reply : Replies.NO_DATA_CONNECTION);
        }
    }

    /** Whatever did not work in this syntax (refused, garbled, blocked by a firewall that reads PASV only) may in the other. */
    private void fallBack(SyntaxResult result) {
        failures.put(serverLeg().syntax(), result);
        askServer();
    }

    private void onAgreed(FtpReply reply) {
        if (!serverLeg().syntax().passive()) {
            openClientLeg();
            return;
        }
        Optional<InetSocketAddress> named = namedAddress(reply);
        Optional<InetSocketAddress> target = named.flatMap(this::passiveTarget);
        if (target.isEmpty()) {
            session.events()
                    .rejected(
                            Reason.BAD_PASSIVE_REPLY,
                            Side.SERVER,
                            session.server().connectedAddress(),
                            named);
            fallBackOrFail(SyntaxResult.REFUSED);
            return;
        }
        serverLeg().target(target.get());
        PassiveTarget.otherHost(named.get(), target.get()).ifPresent(serverLeg()::named);
        dialOrOffer();
    }

    /** Connects to the server first, unless that is left for the transfer, or for the kernel. */
    private void dialOrOffer() {
        if (session.settings().dataConnect() == DataConnect.EARLY && !offer.mayBeMade(Side.CLIENT)) {
            plan.dialOnce(Side.SERVER, port);
        } else {
            openClientLeg();
        }
    }

    @Override
    public void onOffloadDecided() {
        if (!offer.decide()) {
            // It was decided before, and changed since: the server has been sent the port.
            return;
        }
        Side listening = clientSyntax.passive() ? Side.CLIENT : Side.SERVER;
        plan.leg(listening).local().ifPresent(address -> {
            if (listening == Side.SERVER) {
                sendPort(address);
            } else if (plan.isOffloaded() || session.settings().dataConnect() == DataConnect.LATE) {
                announce(address);
            } else {
                plan.dialOnce(Side.SERVER, port);
            }
        });
    }

    /** Only lines that carry the code are read. */
    private Optional<InetSocketAddress> namedAddress(FtpReply reply) {
        for (String line : List.of(reply.lines().get(0), reply.text())) {
            try {
                InetSocketAddress named = PassiveTarget.named(
                        serverLeg().syntax(), line, session.server().connectedAddress());
                serversWords = line;
                return Optional.of(named);
            } catch (DataSyntaxException e) {
                // The other line may have it.
            }
        }
        return Optional.empty();
    }

    private Optional<InetSocketAddress> passiveTarget(InetSocketAddress named) {
        return PassiveTarget.of(
                        named,
                        session.server().connectedAddress(),
                        session.settings().pasvAddress())
                .filter(this::mayBeDialled);
    }

    /** A control connection, the server's own included, and a port of the gateway are no data ports. */
    private boolean mayBeDialled(InetSocketAddress address) {
        return address.getPort() >= LOWEST_PORT
                && address.getPort() != session.server().connectedAddress().getPort()
                && !port.isOwn(address);
    }

    @Override
    public void onDataConnected(Side side) {
        if (offer.isOvertaken()) {
            // The peer was there before the kernel answered, which no longer matters.
            onOffloadDecided();
        } else if (side == Side.SERVER
                && isClientToBeAnswered()
                && serverLeg().syntax().passive()) {
            openClientLeg();
        }
    }

    /** Returns whether the client's port is not open yet, or is open and still to be announced. */
    private boolean isClientToBeAnswered() {
        DataPlan.Step step = plan.leg(Side.CLIENT).step();
        return step == DataPlan.Step.AGREED || offer.isDecided() && step != DataPlan.Step.OVER;
    }

    private void openClientLeg() {
        if (!clientSyntax.passive()) {
            succeed(clientSyntax == DataSyntax.PORT ? Replies.PORT_OK : Replies.EPRT_OK);
        } else if (plan.leg(Side.CLIENT).step() == DataPlan.Step.AGREED) {
            plan.leg(Side.CLIENT).listen(port);
        } else {
            plan.leg(Side.CLIENT).local().ifPresent(this::announce);
        }
    }

    @Override
    public void onListening(Side side, InetSocketAddress address) {
        if (offer.make(side)) {
            return;
        }
        if (side == Side.SERVER) {
            sendPort(address);
        } else {
            announce(address);
        }
    }

    private void announce(InetSocketAddress address) {
        InetSocketAddress advertised;
        try {
            advertised = advertised(address);
        } catch (UnknownHostException e) {
            session.data().reportNoAddress(command.verb(), String.valueOf(e.getMessage()));
            fail(Replies.NO_DATA_CONNECTION);
            return;
        }
        if (clientSyntax == DataSyntax.PASV && advertised.getAddress() instanceof Inet6Address) {
            // An IPv4 client, whose balancer connects by IPv6.
            fail(Replies.NO_IPV4_ADDRESS);
            return;
        }
        String text = clientSyntax == serverLeg().syntax()
                ? clientSyntax.reword(serversWords, advertised)
                : clientSyntax.format(advertised);
        succeed(FtpReply.of(clientSyntax.positiveCode(), text));
    }

    private InetSocketAddress advertised(InetSocketAddress address) throws UnknownHostException {
        InetAddress host =
                clientSyntax == DataSyntax.PASV ? passiveHost().orElse(address.getAddress()) : address.getAddress();
        return new InetSocketAddress(
                IpLiteral.canonical(host), plan.leg(Side.CLIENT).announcedPort());
    }

    private Optional<InetAddress> passiveHost() throws UnknownHostException {
        Optional<InetSocketAddress> destination = session.originalDestination();
        return destination.isPresent()
                ? destination.map(InetSocketAddress::getAddress)
                : session.settings().passiveAddresses().of(session.client().getAddress());
    }

    /** While a reply of the server is due it comes first: it must not be treated as that to the next command. */
    @Override
    public void onDataFailed(Side side) {
        boolean dialling = side == Side.SERVER && serverLeg().syntax().passive() && isClientToBeAnswered();
        if (asked == Asked.ANSWERED && dialling) {
            serverLeg().renew();
            fallBackOrFail(SyntaxResult.TIMED_OUT);
        } else if (asked != Asked.PENDING) {
            fail(Replies.NO_DATA_CONNECTION);
        }
    }

    private void fallBackOrFail(SyntaxResult result) {
        if (candidates.isEmpty()) {
            fail(Replies.NO_DATA_CONNECTION);
        } else {
            fallBack(result);
        }
    }

    private void succeed(FtpReply reply) {
        session.server().syntaxes().agreed(serverLeg().syntax(), failures);
        session.clientReplies().answer(reply);
        session.data().keep();
        session.finish(this);
    }

    private void fail(FtpReply reply) {
        if (!ABOUT_LOGIN.contains(reply.code())) {
            session.server().syntaxes().noneAgreed();
        }
        session.data().drop();
        session.clientReplies().answer(reply);
        session.finish(this);
    }
}
