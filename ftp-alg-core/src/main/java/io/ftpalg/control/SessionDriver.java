package io.ftpalg.control;

import io.ftpalg.control.channel.LingeringClose;
import io.ftpalg.control.channel.TelnetSynch;
import io.ftpalg.control.server.ClientEnds;
import io.ftpalg.control.server.ServerControl;
import io.ftpalg.control.shared.Gateway;
import io.ftpalg.control.shared.Interception;
import io.ftpalg.control.tls.ControlTls;
import io.ftpalg.data.tunnel.SocksBind;
import io.ftpalg.data.tunnel.Tunnel;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.Verdict;
import io.ftpalg.policy.route.Route;
import io.ftpalg.policy.route.RouteRequest;
import io.ftpalg.policy.route.RouteServer;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.protocol.Secret;
import io.ftpalg.protocol.Side;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.session.FtpSession;
import io.ftpalg.session.base.ProxyLogin.EarlyTarget;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.data.OffloadRequest;
import io.ftpalg.system.SystemCalls;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One session's actions as Netty calls, and their results as events; owns the parts that carry them out. Everything runs on the
 * loop of the client's channel.
 */
final class SessionDriver implements SessionActions {
    private final SocketChannel client;
    private final EventLoop loop;
    private final Gateway gateway;
    private final InetSocketAddress clientAddress;
    /** What the client connected to. */
    private final InetSocketAddress knownAddress;

    private final FtpSession session;
    private final EventRunner runner;
    private final DataLegs data;
    private final Optional<TunnelData> tunnelled;
    private final KernelOffload kernel;
    private final ControlTls tls;
    private final ServerControl server;
    private final LocalEnds ends;
    private final ControlReads reads;
    private final SessionMemory memory;
    private final ControlEvents events;
    private final ProxyUserCheck users;
    private final Runnable flush = this::flush;
    private final Runnable behindWaitingEvents;
    private boolean flushing;

    /**
     * Makes the driver of a session, and the session.
     *
     * @param named who the client is, which is not the peer if that is a proxy
     * @param originalDestination what the client connected to, if that is not the gateway
     * @param asked what it asked for before, by another protocol
     */
    SessionDriver(
            SocketChannel client,
            NamedClient named,
            Optional<InetSocketAddress> originalDestination,
            Optional<EarlyTarget> asked,
            Gateway gateway) {
        this.client = client;
        this.loop = client.eventLoop();
        this.behindWaitingEvents = () -> loop.execute(flush);
        this.gateway = gateway;
        this.clientAddress = named.address();
        InetSocketAddress listenerAddress = client.localAddress();
        this.knownAddress = originalDestination.orElse(listenerAddress);
        long id = gateway.sessions().nextId();
        this.session = new FtpSession(
                id,
                clientAddress,
                listenerAddress,
                originalDestination,
                asked,
                gateway.settings().withDestination(named.destination()),
                this);
        this.runner = new EventRunner(client, session, gateway.sessions());
        this.server = new ServerControl(
                gateway,
                new ClientEnds(clientAddress, named.destination().orElse(knownAddress), id),
                loop,
                session,
                runner::run);
        this.ends = new LocalEnds(
                listenerAddress, originalDestination, gateway.interception().map(Interception::mode), server);
        this.reads = new ControlReads(client, server);
        this.memory = new SessionMemory(gateway, client, server, session, reads, runner::later);
        this.data = new DataLegs(
                session,
                gateway.data().on(loop),
                gateway.data().ports(),
                gateway.limits(),
                gateway.settings().dataPeers(),
                gateway.dataHeaders(),
                runner::run);
        this.tunnelled = asked.map(what -> new TunnelData(what, gateway, loop, named, listenerAddress, server, data));
        this.kernel = new KernelOffload(gateway, loop, server, id, clientAddress, knownAddress, data);
        this.tls = new ControlTls(session, gateway.settings(), gateway.tls(), loop, id, runner::run);
        this.users = new ProxyUserCheck(gateway, session, clientAddress, runner::later);
        this.events = new ControlEvents(id, client, session, runner, gateway.sessions(), server, reads, memory, tls);
    }

    ControlEvents events() {
        return events;
    }

    // ---- actions: control

    @Override
    public void toClient(FtpReply reply) {
        client.write(reply, client.voidPromise());
        flushSoon();
    }

    @Override
    public void toClient(ReplyLine line) {
        client.write(line, client.voidPromise());
        flushSoon();
    }

    @Override
    public void toServer(FtpCommand command) {
        server.write(command);
        flushSoon();
    }

    @Override
    public void toServerUrgently(FtpCommand command) {
        SocketChannel channel = server.channel();
        if (channel != null && gateway.telnet() != TelnetMode.OFF && !ControlTls.isOn(channel)) {
            TelnetSynch.send(channel, command, SystemCalls.find());
        } else {
            toServer(command);
        }
    }

    /**
     * Several writes of one turn of the loop leave in one system call a peer: also those of events that wait for their turn already,
     * such as the end of a transfer, whose final reply was held back.
     */
    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            loop.execute(behindWaitingEvents);
        }
    }

    private void flush() {
        flushing = false;
        client.flush();
        server.flush();
        memory.measure();
    }

    @Override
    public void route(RouteRequest request) {
        server.route(request);
    }

    @Override
    public void authenticate(String name, Secret password) {
        users.authenticate(name, password);
    }

    @Override
    public void await(
            CompletionStage<? extends Verdict> verdict, BiConsumer<@Nullable Verdict, @Nullable Throwable> then) {
        verdict.whenComplete((value, failure) -> runner.later(() -> then.accept(value, failure)));
    }

    @Override
    public void connectServer(Route route, RouteServer to) {
        server.connect(
                route, to, order -> new ServerInitializer(gateway, events, order, server.header()), reads::update);
    }

    @Override
    public void disconnectServer() {
        tls.forgetServer();
        server.disconnect();
        events.onWritabilityChanged();
    }

    @Override
    public void pauseClient(boolean paused) {
        reads.pauseClient(paused);
    }

    @Override
    public boolean isWritable(Side side) {
        SocketChannel channel = side == Side.CLIENT ? client : server.channel();
        return channel == null || ControlReads.isWritable(channel);
    }

    // ---- actions: TLS

    @Override
    public void startTls(Side side) {
        if (side == Side.CLIENT) {
            tls.startClient(client, knownAddress, clientAddress);
        } else {
            tls.startServer(server.connected(), server.tls(), server.address());
        }
    }

    @Override
    public void stopClientTls() {
        tls.stop(client);
    }

    @Override
    public void goTransparent() {
        reads.end();
        TransparentHandler.join(client, server.connected(), session);
    }

    // ---- actions: data

    @Override
    public void listen(Side side) {
        if (side == Side.SERVER && server.isBehindProxy()) {
            server.bindAtProxy().ifPresentOrElse(this::listenAtProxy, this::failBehindProxy);
            return;
        }
        if (side == Side.CLIENT && tunnelled.isPresent()) {
            tunnelled.get().listen();
            return;
        }
        InetSocketAddress peer = side == Side.CLIENT ? clientAddress : server.address();
        data.listen(side, ends.listening(side), peer, server.sockets());
    }

    private void listenAtProxy(SocksBind bind) {
        InetSocketAddress proxy = server.connected().remoteAddress();
        data.bind(
                ends.dialling(Side.SERVER, proxy.getAddress()),
                proxy,
                server.sockets(),
                server.tunnelToLastProxy(),
                bind);
    }

    private void failBehindProxy() {
        runner.later(() -> session.dataEvents()
                .onFailed(
                        Side.SERVER,
                        DataFailure.NO_SOCKET,
                        Optional.empty(),
                        "the server is behind a proxy that accepts no connections for the gateway, as socks5 does: set server-mode"
                                + " passive"));
    }

    @Override
    public void dial(Side side, InetSocketAddress address) {
        if (side == Side.CLIENT && tunnelled.filter(data -> data.dial(address)).isPresent()) {
            return;
        }
        if (isOwn(address)) {
            // It was agreed before the gateway opened that port.
            runner.later(() -> session.dataEvents()
                    .onFailed(side, DataFailure.NOT_ACCEPTED, Optional.empty(), "a listener of this gateway"));
            return;
        }
        Optional<Tunnel> tunnel = side == Side.SERVER ? server.tunnelTo(address) : Optional.empty();
        InetSocketAddress dialled = tunnel.map(Tunnel::proxy).orElse(address);
        data.dial(
                side,
                ends.dialling(side, dialled.getAddress()),
                dialled,
                server.sockets(),
                tunnel,
                side == Side.SERVER ? server.dataHeader(address.getPort()) : Optional.empty());
    }

    @Override
    public boolean mayOffload(OffloadRequest request) {
        // The client of a tunnel connects to no port that the kernel could look at.
        return tunnelled.isEmpty() && kernel.mayOffload(request);
    }

    @Override
    public void offload(OffloadRequest request) {
        kernel.offload(request);
    }

    @Override
    public void withdrawOffload() {
        data.withdrawOffload();
    }

    @Override
    public void endRelaySoon() {
        data.endRelaySoon();
    }

    @Override
    public void watchData(Side side) {
        data.watch(side);
    }

    @Override
    public boolean isOwn(InetSocketAddress address) {
        // A name is one behind a proxy.
        return !address.isUnresolved()
                && (gateway.data().isOpen(address) || gateway.ownListener().test(address));
    }

    @Override
    public Set<DataSyntax> unusableSyntaxes(InetSocketAddress to) {
        return gateway.data().unusable().of(to);
    }

    @Override
    public void syntaxWorked(InetSocketAddress to, DataSyntax syntax) {
        gateway.data().unusable().worked(to, syntax);
    }

    @Override
    public void syntaxFailed(InetSocketAddress to, DataSyntax syntax, boolean timedOut) {
        gateway.data().unusable().failed(to, syntax, timedOut);
    }

    @Override
    public void closeData(Side side) {
        closeTunnel(side);
        data.close(side);
    }

    @Override
    public void abortData(Side side) {
        closeTunnel(side);
        data.abort(side);
    }

    private void closeTunnel(Side side) {
        if (side == Side.CLIENT) {
            tunnelled.ifPresent(TunnelData::close);
        }
    }

    @Override
    public void relay(Optional<Side> sender, Set<Side> underTls, TransferTerms terms) {
        data.relay(sender, underTls, terms, tls::leg);
    }

    @Override
    public long relayed(Side to) {
        return data.relayed(to);
    }

    @Override
    public void abortRelay() {
        data.abortRelay();
    }

    @Override
    public void abortRelaySoon() {
        data.abortRelaySoon();
    }

    @Override
    public void cutUploadUnlessSent() {
        data.cutUploadUnlessSent();
    }

    // ---- actions: time and end

    @Override
    public Scheduled schedule(Duration delay, Runnable task) {
        var scheduled = loop.schedule(() -> runner.run(task), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void close() {
        events.onClosing();
        reads.end();
        disconnectServer();
        if (client.isOpen()) {
            LingeringClose.of(client, gateway.limits().closeGrace());
        } else {
            events.leave();
        }
    }
}
