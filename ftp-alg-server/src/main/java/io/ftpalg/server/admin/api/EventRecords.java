package io.ftpalg.server.admin.api;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.server.json.Json;
import io.ftpalg.server.log.Remedies;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * What the API keeps of the events of sessions: counts, the last refusals and the last transfers. One for all gateways of the
 * program, on all event loops; its parts are adders and bounded rings.
 */
public final class EventRecords implements AlgListener {
    static final int REFUSALS = 500;
    static final int TRANSFERS = 200;

    final LongAdder sessions = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder refusedInAll = new LongAdder();
    final LongAdder transfers = new LongAdder();
    final LongAdder failedTransfers = new LongAdder();
    final LongAdder loginFailures = new LongAdder();
    /** Of sessions that have ended. */
    final LongAdder commands = new LongAdder();
    /** Of sessions that have ended. */
    final LongAdder bytesToClient = new LongAdder();
    /** Of sessions that have ended. */
    final LongAdder bytesToServer = new LongAdder();

    private final Ring<String> refusals = new Ring<>(REFUSALS);
    private final Ring<Finished> finished = new Ring<>(TRANSFERS);
    private final List<Consumer<String>> watchers = new CopyOnWriteArrayList<>();

    /** A finished transfer: its session, and its JSON. */
    record Finished(long session, Json.Fields json) {}

    /** Lets this one receive each refusal, as JSON; on any event loop. */
    void watch(Consumer<String> watcher) {
        watchers.add(watcher);
    }

    List<Finished> finished(int most) {
        return finished.newest(most);
    }

    /** Returns the last refusals, as JSON. */
    List<String> refusals(int most) {
        return refusals.newest(most);
    }

    @Override
    public void sessionOpened(SessionOpened event) {
        sessions.increment();
    }

    @Override
    public void sessionClosed(SessionClosed event) {
        commands.add(event.commands());
        bytesToClient.add(event.bytesToClient());
        bytesToServer.add(event.bytesToServer());
    }

    @Override
    public void transferFinished(TransferFinished event) {
        transfers.increment();
        if (event.end() != TransferEnd.COMPLETE && event.end() != TransferEnd.UNOBSERVED) {
            failedTransfers.increment();
        }
        finished.add(new Finished(
                event.session(),
                Json.object()
                        .put("at", Values.time(Instant.now()))
                        .put("session", event.session())
                        .put("client", Values.address(event.clientAddress()))
                        .put("user", event.user())
                        .put("server", Values.address(event.serverAddress()))
                        .put("verb", event.verb().toString())
                        .put("path", event.path())
                        .put("direction", Values.direction(event.verb()))
                        .put("seconds", Values.seconds(event.duration()))
                        .put("bytesToClient", event.bytesToClient())
                        .put("bytesToServer", event.bytesToServer())
                        .put("end", event.end().toString())
                        .put("reply", event.sent())));
    }

    @Override
    public void sessionRefused(SessionRefused event) {
        refused.increment();
        refuse("session", event.cause(), event.client(), Optional.empty(), event.detail(), Remedies.of(event));
    }

    @Override
    public void proxyRefused(ProxyRefused event) {
        loginFailures.increment();
        refuse(
                "login",
                "LOGIN_REFUSED",
                event.client(),
                Optional.of(event.session()),
                "user " + event.user(),
                Optional.empty());
    }

    @Override
    public void dataConnectionFailed(DataConnectionFailed event) {
        String verb =
                event.verb().map(FtpVerb::toString).map(name -> name + ": ").orElse("");
        refuse(
                "data",
                event.failure(),
                event.remote(),
                Optional.of(event.session()),
                verb + event.detail(),
                Remedies.of(event));
    }

    @Override
    public void tlsFailed(TlsFailed event) {
        refuse(
                "tls",
                event.failure().kind(),
                event.peer(),
                Optional.of(event.session()),
                event.failure().detail(),
                Remedies.of(event));
    }

    @Override
    public void rejected(Rejected event) {
        String named =
                event.named().map(address -> "named " + Values.address(address)).orElse("");
        refuse("peer", event.reason(), event.peer(), Optional.of(event.session()), named, Remedies.of(event));
    }

    private void refuse(
            String kind,
            Object reason,
            InetSocketAddress client,
            Optional<Long> session,
            String detail,
            Optional<String> remedy) {
        refusedInAll.increment();
        String json = Json.object()
                .put("at", Values.time(Instant.now()))
                .put("kind", kind)
                .put("reason", reason.toString())
                .put("client", Values.address(client))
                .put("session", session)
                .put("detail", detail)
                .put("remedy", remedy)
                .toString();
        refusals.add(json);
        watchers.forEach(watcher -> watcher.accept(json));
    }
}
