package io.ftpalg.control;

import io.ftpalg.control.channel.HandlerNames;
import io.ftpalg.control.channel.TraceHandler;
import io.ftpalg.control.channel.TraceText;
import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.SessionTracer;
import io.ftpalg.live.TraceLine;
import io.ftpalg.protocol.Side;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tracers of one session, and the handlers that show them what passes, which are there as long as there is a tracer. Owned by the
 * session's {@link ControlEvents}, on its loop.
 */
final class SessionTrace {
    private static final Logger logger = LoggerFactory.getLogger(SessionTrace.class);

    private final long session;
    private final SocketChannel client;
    private final Supplier<@Nullable SocketChannel> server;
    private final TraceText text = new TraceText();
    private List<SessionTracer> tracers = List.of();

    /**
     * Makes it without a tracer.
     *
     * @param server the control connection to the server, if there is one at that time
     */
    SessionTrace(long session, SocketChannel client, Supplier<@Nullable SocketChannel> server) {
        this.session = session;
        this.client = client;
        this.server = server;
    }

    /** Adds the tracer, if it wants this session. */
    void add(SessionTracer tracer, SessionSnapshot now) {
        if (tracers.contains(tracer) || !wants(tracer, now)) {
            return;
        }
        List<SessionTracer> more = new ArrayList<>(tracers);
        more.add(tracer);
        tracers = more;
        if (tracers.size() == 1) {
            show(client, Side.CLIENT);
            SocketChannel connected = server.get();
            if (connected != null) {
                show(connected, Side.SERVER);
            }
        }
    }

    void remove(SessionTracer tracer) {
        tracers = tracers.stream().filter(other -> !other.equals(tracer)).toList();
        if (tracers.isEmpty()) {
            hide(client);
            SocketChannel connected = server.get();
            if (connected != null) {
                hide(connected);
            }
        }
    }

    /** Shows what passes on this control connection to a server too, if there is a tracer. */
    void show(SocketChannel connected) {
        if (!tracers.isEmpty()) {
            show(connected, Side.SERVER);
        }
    }

    private void show(SocketChannel channel, Side side) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(HandlerNames.SESSION) != null && pipeline.get(HandlerNames.TRACE) == null) {
            pipeline.addBefore(HandlerNames.SESSION, HandlerNames.TRACE, new TraceHandler(side, text, this::line));
        }
    }

    private static void hide(SocketChannel channel) {
        if (channel.pipeline().get(HandlerNames.TRACE) != null) {
            channel.pipeline().remove(HandlerNames.TRACE);
        }
    }

    private void line(TraceLine.Direction direction, String shown) {
        TraceLine line = new TraceLine(session, Instant.now(), direction, shown);
        for (SessionTracer tracer : tracers) {
            if (!takes(tracer, line)) {
                remove(tracer);
            }
        }
    }

    private boolean wants(SessionTracer tracer, SessionSnapshot now) {
        try {
            return tracer.wants(now);
        } catch (RuntimeException e) {
            logger.error("{} tracer failed", session, e);
            return false;
        }
    }

    private boolean takes(SessionTracer tracer, TraceLine line) {
        try {
            return tracer.line(line);
        } catch (RuntimeException e) {
            logger.error("{} tracer failed", session, e);
            return false;
        }
    }
}
