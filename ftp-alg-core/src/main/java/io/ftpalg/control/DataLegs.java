package io.ftpalg.control;

import io.ftpalg.control.LocalEnds.LocalEnd;
import io.ftpalg.data.DataChannels;
import io.ftpalg.data.KernelRelay;
import io.ftpalg.data.kernel.FlowListener;
import io.ftpalg.data.kernel.FlowRequest;
import io.ftpalg.data.kernel.KernelFlow;
import io.ftpalg.data.leg.AwaitedLeg;
import io.ftpalg.data.leg.DataHeaders;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.DataLegListener;
import io.ftpalg.data.leg.DialRequest;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.data.port.PacketMarks;
import io.ftpalg.data.port.PassivePorts;
import io.ftpalg.data.port.PortRanges;
import io.ftpalg.data.relay.DataRelay;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.tls.LegTls;
import io.ftpalg.data.tunnel.SocksBind;
import io.ftpalg.data.tunnel.Tunnel;
import io.ftpalg.haproxy.SentProxyHeader;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.policy.DataPeers;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.TransferEnd;
import io.ftpalg.policy.route.SocketSettings;
import io.ftpalg.policy.transfer.DataPath;
import io.ftpalg.policy.transfer.TransferTerms;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.FtpSession;
import io.ftpalg.session.data.TransferResult;
import io.netty.channel.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** The data connections of one session: its actions on them, and what comes of those. On the session's loop. */
final class DataLegs {
    /**
     * How long a receiver may take once everything was written: a final reply should not overtake the data. Clients that
     * close only after the final reply wait as long in vain.
     */
    private static final Duration LINGER = Duration.ofMillis(100);

    /**
     * How long data connections stay open behind an ABOR, unless the server replies before: it must read the ABOR first, since
     * some servers take a reset for the end of a whole file.
     */
    private static final Duration ABORT_DELAY = Duration.ofMillis(100);

    private final FtpSession session;
    private final DataChannels channels;
    private final PortRanges ports;
    private final Limits limits;
    private final DataPeers peers;
    private final Optional<DataHeaders> headers;
    private final Consumer<Runnable> run;
    private @Nullable DataLeg clientLeg;
    private @Nullable DataLeg serverLeg;
    private final LegListener client = new LegListener(Side.CLIENT);
    private final LegListener server = new LegListener(Side.SERVER);
    private final OffloadedData offloaded;
    private @Nullable DataRelay relay;
    private @Nullable KernelRelay kernelRelay;
    private boolean clientListens;

    /**
     * Makes them, none open.
     *
     * @param headers the balancers in front, if data connections of theirs begin with a header
     * @param run runs an event of the session, guarded
     */
    DataLegs(
            FtpSession session,
            DataChannels channels,
            PortRanges ports,
            Limits limits,
            DataPeers peers,
            Optional<DataHeaders> headers,
            Consumer<Runnable> run) {
        this.session = session;
        this.channels = channels;
        this.ports = ports;
        this.limits = limits;
        this.peers = peers;
        this.headers = headers;
        this.run = run;
        this.offloaded = new OffloadedData(session, run, this::closePort);
    }

    /**
     * Listens at this local end, for the peer of this side's control connection.
     *
     * @param own the local end, of whatever port
     * @param peer the peer
     * @param sockets what the sockets of the session are like
     */
    void listen(Side side, LocalEnd own, InetSocketAddress peer, SocketSettings sockets) {
        InetAddress bind = own.address().getAddress();
        PassivePorts from = side == Side.CLIENT
                ? ports.passive(sockets.passivePorts())
                : sockets.sourcePorts().map(PassivePorts::unshared).orElseGet(ports::any);
        ListenRequest request = ListenRequest.of(bind, from, peer.getAddress(), limits.unexpectedPeers())
                .withPeers(peers)
                .withMarks(marks(sockets))
                .withForeign(own.foreign())
                .withHeaders(side == Side.CLIENT ? headers : Optional.empty());
        clientListens &= side != Side.CLIENT;
        door(side).local = new InetSocketAddress(bind, 0);
        door(side).foreign = own.foreign();
        door(side).announced = side == Side.CLIENT ? sockets::announcedPort : IntUnaryOperator.identity();
        keep(side, channels.listen(request, door(side)));
    }

    /**
     * Dials this side's data port, from this local end (port 0 is any, or one of those for connections to the server).
     *
     * @param target the port, or the proxy of the tunnel
     * @param tunnel the way to the port, if it is behind a proxy
     * @param header the PROXY header with which the connection begins, if it does
     */
    void dial(
            Side side,
            LocalEnd own,
            InetSocketAddress target,
            SocketSettings sockets,
            Optional<Tunnel> tunnel,
            Optional<SentProxyHeader> header) {
        DialRequest request = new DialRequest(
                        target,
                        Optional.of(own.address()),
                        side == Side.SERVER ? sockets.sourcePorts() : Optional.empty(),
                        limits.connectTimeout(),
                        marks(sockets))
                .withForeign(own.foreign())
                .withHeader(header);
        clientListens |= side == Side.CLIENT;
        door(side).local = own.address();
        keep(side, channels.dial(tunnel.map(request::through).orElse(request), door(side)));
    }

    /**
     * Has the SOCKS5 proxy of the server accept the server's data connection.
     *
     * @param proxy the first proxy on the way
     * @param tunnel the way to the one that is asked, if that is another
     */
    void bind(LocalEnd own, InetSocketAddress proxy, SocketSettings sockets, Optional<Tunnel> tunnel, SocksBind bind) {
        DialRequest request = new DialRequest(
                        proxy,
                        Optional.of(own.address()),
                        sockets.sourcePorts(),
                        limits.connectTimeout(),
                        marks(sockets))
                .withForeign(own.foreign())
                .asking(bind);
        server.local = own.address();
        // The port is the proxy's.
        server.foreign = true;
        server.announced = IntUnaryOperator.identity();
        keep(Side.SERVER, channels.dial(tunnel.map(request::through).orElse(request), server));
    }

    /**
     * Waits for the client's data connection, which another part of the gateway accepts and brings.
     *
     * @param local where the client connects to
     * @param announced whether the client is yet to be told
     */
    AwaitedLeg await(InetSocketAddress local, boolean announced) {
        clientListens = !announced;
        client.local = local;
        // Nobody listens there, and no port map is in between.
        client.announced = IntUnaryOperator.identity();
        client.foreign = true;
        AwaitedLeg leg = channels.await(announced ? Optional.of(local) : Optional.empty(), client);
        keep(Side.CLIENT, leg);
        return leg;
    }

    static PacketMarks marks(SocketSettings sockets) {
        return sockets.dscp().isEmpty() && sockets.mark().isEmpty()
                ? PacketMarks.NONE
                : new PacketMarks(sockets.dscp(), sockets.mark());
    }

    private LegListener door(Side side) {
        return side == Side.CLIENT ? client : server;
    }

    private void keep(Side side, @Nullable DataLeg leg) {
        if (side == Side.CLIENT) {
            clientLeg = leg;
        } else {
            serverLeg = leg;
        }
    }

    /** Has the kernel carry the connection to the open port of this side. */
    void offload(
            EventLoop loop,
            Side listening,
            FlowRequest request,
            BiFunction<FlowRequest, FlowListener, KernelFlow> kernel) {
        offloaded.offload(loop, listening, request, kernel);
    }

    void withdrawOffload() {
        offloaded.withdraw();
    }

    /** Returns where the gateway listens for this side, if it does. */
    Optional<InetSocketAddress> listening(Side side) {
        return Optional.ofNullable(door(side).listening);
    }

    /** The kernel has the connection: no other one is expected. */
    private void closePort(Side side) {
        DataLeg leg = take(side);
        if (leg != null) {
            leg.close();
        }
    }

    private @Nullable DataLeg take(Side side) {
        DataLeg leg = side == Side.CLIENT ? clientLeg : serverLeg;
        door(side).listensNoMore();
        keep(side, null);
        return leg;
    }

    void watch(Side side) {
        DataLeg leg = side == Side.CLIENT ? clientLeg : serverLeg;
        if (leg != null) {
            leg.watch();
        }
    }

    void close(Side side) {
        offloaded.close();
        DataLeg leg = take(side);
        if (leg != null) {
            leg.close();
        }
    }

    void abort(Side side) {
        offloaded.close();
        DataLeg leg = take(side);
        if (leg != null) {
            leg.abort();
        }
    }

    /**
     * Relays between both.
     *
     * @param terms how many bytes it may move, and how fast
     * @param tls that of the next data connection with a side
     */
    void relay(Optional<Side> sender, Set<Side> underTls, TransferTerms terms, Function<Side, LegTls> tls) {
        RelayPlan.Flow flow = sender.map(side -> side == Side.SERVER ? RelayPlan.Flow.DOWNLOAD : RelayPlan.Flow.UPLOAD)
                .orElse(RelayPlan.Flow.BOTH);
        RelayPlan plan = new RelayPlan(
                flow,
                limits.stallTimeout(),
                limits.relayBuffer(),
                LINGER,
                until(flow),
                Optional.of(Side.CLIENT).filter(underTls::contains).map(tls),
                Optional.of(Side.SERVER).filter(underTls::contains).map(tls),
                terms);
        Consumer<RelayResult> end = result -> run.accept(() -> onRelayEnd(result));
        kernelRelay = offloaded.take();
        if (kernelRelay != null) {
            relay = kernelRelay;
            kernelRelay.begin(plan, end);
        } else {
            relay = channels.relay(
                    Objects.requireNonNull(take(Side.CLIENT)), Objects.requireNonNull(take(Side.SERVER)), plan, end);
        }
    }

    /** The final reply has passed: what the kernel carries ends soon. */
    void endRelaySoon() {
        if (kernelRelay != null) {
            kernelRelay.endSoon();
        }
    }

    /** A client that listens may read the final reply before it accepts, and then misses the data: it shows by its end. */
    private RelayPlan.Until until(RelayPlan.Flow flow) {
        return clientListens && flow == RelayPlan.Flow.DOWNLOAD ? RelayPlan.Until.CLOSED : RelayPlan.Until.ACKNOWLEDGED;
    }

    /** Returns how many bytes the running relay has written to this side; 0 if none runs. */
    long relayed(Side to) {
        return relay == null ? 0 : relay.written(to);
    }

    void abortRelay() {
        if (relay != null) {
            relay.abort();
        }
    }

    void abortRelaySoon() {
        if (relay != null) {
            relay.abortAfter(ABORT_DELAY);
        }
    }

    void cutUploadUnlessSent() {
        if (relay != null) {
            relay.cutUnlessSent();
        }
    }

    private void onRelayEnd(RelayResult result) {
        // An event loop that is past its last turn reports the end before there is a relay to keep.
        DataPath path = relay == null ? DataPath.BUFFER : relay.path();
        relay = null;
        kernelRelay = null;
        if (result.end() == RelayResult.End.SERVER_UNUSED) {
            session.dataEvents().onServerUnused();
        }
        result.fault().ifPresent(fault -> session.tls().onDataFailed(fault.side(), fault.failure()));
        session.dataEvents()
                .onTransferEnded(new TransferResult(
                        end(result), path, result.bytesToClient(), result.bytesToServer(), result.rejection()));
    }

    private static TransferEnd end(RelayResult result) {
        return switch (result.end()) {
            case COMPLETE -> TransferEnd.COMPLETE;
            case CLIENT_RESET -> TransferEnd.CLIENT_RESET;
            case SERVER_RESET, SERVER_UNUSED -> TransferEnd.SERVER_RESET;
            case TRUNCATED -> TransferEnd.TRUNCATED;
            case TLS_FAILED -> TransferEnd.TLS_FAILED;
            case STALLED -> TransferEnd.STALLED;
            case OVER_LIMIT -> TransferEnd.OVER_LIMIT;
            case REJECTED -> TransferEnd.REJECTED;
            case UNOBSERVED -> TransferEnd.UNOBSERVED;
            case ABORTED -> TransferEnd.ABORTED;
        };
    }

    /** Receives the events of one leg. */
    private final class LegListener implements DataLegListener {
        private final Side side;
        private @Nullable InetSocketAddress listening;
        /** The gateway's end of the attempt. */
        private @Nullable InetSocketAddress local;

        private boolean foreign;
        private IntUnaryOperator announced = IntUnaryOperator.identity();

        LegListener(Side side) {
            this.side = side;
        }

        @Override
        public void onListening(InetSocketAddress local) {
            listening = local;
            // Another host's address has ports of its own, which may be connected to.
            if (!foreign) {
                ports.opened(local);
            }
            int port = announced.applyAsInt(local.getPort());
            run.accept(() -> session.dataEvents().onListening(side, local, port));
        }

        @Override
        public void onConnected(InetSocketAddress local, InetSocketAddress remote) {
            listensNoMore();
            // The socket behind the kernel's elements has it; they are not to take another one.
            offloaded.close();
            run.accept(() -> session.dataEvents().onConnected(side, local, remote));
        }

        @Override
        public void onReadable() {
            run.accept(() -> session.dataEvents().onReadable(side));
        }

        @Override
        public void onFailed(DataFailure failure, String detail) {
            InetSocketAddress own = listening == null ? local : listening;
            if (listening != null) {
                offloaded.close();
            }
            listensNoMore();
            keep(side, null);
            run.accept(() -> report(failure, Optional.ofNullable(own), detail));
        }

        private void report(DataFailure failure, Optional<InetSocketAddress> own, String detail) {
            if (failure == DataFailure.NO_PORT && side == Side.CLIENT) {
                session.dataEvents().onPassivePortsExhausted();
            } else if (failure == DataFailure.SHARE_HELD) {
                session.dataEvents().onPassiveShareHeld();
            }
            session.dataEvents().onFailed(side, failure, own, detail);
        }

        private void listensNoMore() {
            if (listening != null) {
                if (!foreign) {
                    ports.closed(listening);
                }
                listening = null;
            }
        }

        @Override
        public void onUnexpectedPeer(InetSocketAddress remote) {
            run.accept(() -> session.dataEvents().onUnexpectedPeer(side, remote));
        }
    }
}
