package io.ftpalg.control;

import io.ftpalg.data.KernelRelay;
import io.ftpalg.data.kernel.FlowListener;
import io.ftpalg.data.kernel.FlowRequest;
import io.ftpalg.data.kernel.KernelFlow;
import io.ftpalg.policy.DataFailure;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.FtpSession;
import io.ftpalg.session.data.OffloadedConnection;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The connection that the kernel carries for a session, if it carries one, until the relay has it; and what comes of it as events of
 * the session. Owned by the session's {@link DataLegs}, on its loop.
 */
final class OffloadedData {
    private final FtpSession session;
    private final Consumer<Runnable> run;
    private final Consumer<Side> closePort;
    private @Nullable KernelRelay relay;

    /**
     * Makes it, with nothing to carry.
     *
     * @param run runs an event of the session, guarded
     * @param closePort closes the socket that listens for this side
     */
    OffloadedData(FtpSession session, Consumer<Runnable> run, Consumer<Side> closePort) {
        this.session = session;
        this.run = run;
        this.closePort = closePort;
    }

    /**
     * Has the kernel carry the connection to the open port of this side.
     *
     * @param kernel takes the request
     */
    void offload(
            EventLoop loop,
            Side listening,
            FlowRequest request,
            BiFunction<FlowRequest, FlowListener, KernelFlow> kernel) {
        close();
        Results results = new Results(listening, request);
        relay = new KernelRelay(loop, listening, results, events -> kernel.apply(request, events));
    }

    /** The next connection is to arrive at the open port. */
    void withdraw() {
        if (relay != null) {
            relay.withdraw();
        }
    }

    /** Nothing is to be carried any more. */
    void close() {
        if (relay != null) {
            relay.close();
            relay = null;
        }
    }

    /** Returns the relay for the transfer that owns it from now on, if the kernel has connected both sides, or may have done so. */
    @Nullable
    KernelRelay take() {
        KernelRelay taken = relay;
        if (taken == null || !taken.mayBegin()) {
            return null;
        }
        relay = null;
        if (!taken.isConnected()) {
            closePort.accept(taken.peer());
        }
        return taken;
    }

    /** Makes events of the session of what the kernel reports. */
    private final class Results implements KernelRelay.Listener {
        private final Side listening;
        private final FlowRequest request;

        Results(Side listening, FlowRequest request) {
            this.listening = listening;
            this.request = request;
        }

        @Override
        public void onReady() {
            run.accept(() -> session.dataEvents().onOffloaded());
        }

        @Override
        public void onUnavailable(String reason) {
            relay = null;
            run.accept(() -> session.dataEvents().onNotOffloaded());
        }

        @Override
        public void onConnected(InetSocketAddress peer) {
            closePort.accept(listening);
            InetSocketAddress source = request.source().orElse(peer);
            run.accept(() -> session.dataEvents()
                    .onOffloadConnected(
                            listening == Side.CLIENT
                                    ? new OffloadedConnection(request.own(), peer, source, request.target())
                                    : new OffloadedConnection(source, request.target(), request.own(), peer)));
        }

        @Override
        public void onFailed(Side side, DataFailure failure, String detail) {
            relay = null;
            Optional<InetSocketAddress> local = side == listening ? Optional.of(request.own()) : request.source();
            run.accept(() -> session.dataEvents().onFailed(side, failure, local, detail));
        }
    }
}
