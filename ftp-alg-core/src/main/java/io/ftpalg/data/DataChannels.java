package io.ftpalg.data;

import io.ftpalg.data.channel.ChannelDial;
import io.ftpalg.data.channel.ChannelLeg;
import io.ftpalg.data.channel.ChannelListen;
import io.ftpalg.data.channel.DataSockets;
import io.ftpalg.data.epoll.Pipes;
import io.ftpalg.data.epoll.RawDial;
import io.ftpalg.data.epoll.RawLeg;
import io.ftpalg.data.epoll.RawListen;
import io.ftpalg.data.epoll.RawSockets;
import io.ftpalg.data.leg.AwaitedLeg;
import io.ftpalg.data.leg.DataLeg;
import io.ftpalg.data.leg.DataLegListener;
import io.ftpalg.data.leg.DataTransport;
import io.ftpalg.data.leg.DialRequest;
import io.ftpalg.data.leg.LegEvents;
import io.ftpalg.data.leg.ListenRequest;
import io.ftpalg.data.relay.DataRelay;
import io.ftpalg.data.relay.RelayMemory;
import io.ftpalg.data.relay.RelayPlan;
import io.ftpalg.data.relay.RelayResult;
import io.ftpalg.data.shared.SharedListen;
import io.ftpalg.data.shared.SharedPorts;
import io.netty.channel.ChannelException;
import io.netty.channel.EventLoop;
import io.netty.channel.IoEventLoop;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Opens the data connections of sessions on one event loop, and joins them.
 *
 * <p>Keeps nothing of a session, so one serves every session of its loop, and every call is made on that loop.
 * The kind of leg is internal: callers use {@link DataLeg} only.
 */
public final class DataChannels {
    private final EventLoop loop;
    private final DataTransport transport;
    private final Optional<SharedPorts> shared;
    private final Optional<RawSockets> raw;
    private final Pipes pipes = new Pipes();
    private final RelayMemory memory;
    private final DataRelays relays;

    /** Makes the data channels of an event loop, which share no port. */
    public DataChannels(EventLoop loop, DataTransport transport, boolean zeroCopy, long relayMemory) {
        this(loop, transport, zeroCopy, relayMemory, Optional.empty());
    }

    /**
     * Makes the data channels of an event loop.
     *
     * @param transport the kinds of channels that fit the loop
     * @param zeroCopy whether bytes may pass without being seen, where the loop can do that (epoll)
     * @param relayMemory bytes that relays may hold in buffers on this loop before each reads in small pieces
     * @param shared the ports of small ranges, if these are to be shared
     */
    public DataChannels(
            EventLoop loop, DataTransport transport, boolean zeroCopy, long relayMemory, Optional<SharedPorts> shared) {
        this.loop = loop;
        this.shared = shared;
        this.transport = transport;
        this.raw = zeroCopy && loop instanceof IoEventLoop io && io.isCompatible(EpollIoHandle.class)
                ? Optional.of(new RawSockets(io))
                : Optional.empty();
        this.memory = new RelayMemory(relayMemory);
        this.relays = new DataRelays(loop, pipes, memory);
    }

    /** Listens for one data connection; the listener receives the port, or the failure, in a later turn of the loop. */
    public DataLeg listen(ListenRequest request, DataLegListener listener) {
        assert loop.inEventLoop();
        Optional<SharedPorts> ports = shared.filter(any -> request.ports().shared()
                && !request.foreign()
                && request.headers().isEmpty());
        LegEvents events = new LegEvents(loop, listener);
        if (raw.isPresent()) {
            RawLeg leg = new RawLeg(events);
            RawSockets sockets = raw.get();
            ports.ifPresentOrElse(
                    open -> SharedListen.start(
                            open,
                            loop,
                            transport,
                            request,
                            leg,
                            (accepted, local, remote) -> RawListen.adopt(
                                    sockets, request, leg, (EpollSocketChannel) accepted, local, remote)),
                    () -> RawListen.start(sockets, request, leg));
            return leg;
        }
        ChannelLeg leg = new ChannelLeg(events);
        ports.ifPresentOrElse(
                open -> SharedListen.start(
                        open,
                        loop,
                        transport,
                        request,
                        leg,
                        (accepted, local, remote) -> ChannelListen.adopt(loop, request, leg, accepted)),
                () -> new ChannelListen(loop, request, leg, transport).start());
        return leg;
    }

    /**
     * Waits for one data connection that is accepted elsewhere, which {@link AwaitedLeg#arrived} brings.
     *
     * @param local where the peer connects to; the listener receives it, as that of an open port
     */
    public AwaitedLeg await(Optional<InetSocketAddress> local, DataLegListener listener) {
        assert loop.inEventLoop();
        ChannelLeg leg = new ChannelLeg(new LegEvents(loop, listener));
        local.ifPresent(leg.events()::listening);
        return leg;
    }

    /**
     * Sets a connection up for data that is accepted elsewhere: nothing of it is read, and what is there already is held.
     *
     * @throws ChannelException if it was reset
     */
    public static void prepare(SocketChannel connection) {
        DataSockets.prepare(connection);
    }

    /** Cuts a connection that was set up, so that the peer sees a failure. */
    public static void abort(SocketChannel connection) {
        DataSockets.abort(connection);
    }

    /** Dials one data connection; with a proxy, whose protocol channels have, its bytes pass through buffers. */
    public DataLeg dial(DialRequest request, DataLegListener listener) {
        assert loop.inEventLoop();
        if (raw.isPresent() && request.tunnel().isEmpty() && request.bind().isEmpty()) {
            RawLeg leg = new RawLeg(new LegEvents(loop, listener));
            RawDial.start(raw.get(), request, leg);
            return leg;
        }
        ChannelLeg leg = new ChannelLeg(new LegEvents(loop, listener));
        new ChannelDial(loop, request, leg, transport).start();
        return leg;
    }

    /**
     * Joins two legs whose {@link DataLegListener#onConnected} came; they are the relay's from then on. What their peers
     * sent, closed or reset before counts as if it came now.
     *
     * @param end receives the result once, in a later turn of the loop; both connections are closed by then
     * @throws IllegalStateException if one of the legs is not connected, was closed, or is in a relay
     */
    public DataRelay relay(DataLeg client, DataLeg server, RelayPlan plan, Consumer<RelayResult> end) {
        assert loop.inEventLoop();
        return relays.join(client, server, plan, end);
    }

    /** Returns how many bytes of memory the relays of this loop hold now: read, and not written yet. */
    public long relayMemoryHeld() {
        assert loop.inEventLoop();
        return memory.held();
    }

    /** Returns how many bare sockets are open. */
    int openRawSockets() {
        return raw.map(RawSockets::open).orElse(0);
    }

    /** Frees what is kept for the next transfer; on the loop, when no session is left on it, or after its end. */
    public void close() {
        assert loop.inEventLoop() || loop.isShutdown();
        pipes.close();
    }
}
