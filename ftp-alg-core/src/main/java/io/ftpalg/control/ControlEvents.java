package io.ftpalg.control;

import io.ftpalg.control.server.ServerControl;
import io.ftpalg.control.shared.ClientSession;
import io.ftpalg.control.shared.Sessions;
import io.ftpalg.control.tls.ControlTls;
import io.ftpalg.data.tls.TlsErrors;
import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.SessionTracer;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.FtpSession;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * What happens on the control connections of one session, as events of the session; and when the session begins and ends among
 * those of its gateway. Owned by the session's driver, on its loop; exceptions are named.
 */
final class ControlEvents implements ClientSession {
    private final long id;
    private final SocketChannel client;
    private final FtpSession session;
    private final EventRunner runner;
    private final Sessions sessions;
    private final ServerControl server;
    private final ControlReads reads;
    private final SessionMemory memory;
    private final ControlTls tls;
    private boolean writabilityChanged;
    private boolean closing;
    private boolean started;
    private boolean left;
    private Runnable onLeave = () -> {};
    private @Nullable SessionTrace trace;

    ControlEvents(
            long id,
            SocketChannel client,
            FtpSession session,
            EventRunner runner,
            Sessions sessions,
            ServerControl server,
            ControlReads reads,
            SessionMemory memory,
            ControlTls tls) {
        this.id = id;
        this.client = client;
        this.session = session;
        this.runner = runner;
        this.sessions = sessions;
        this.server = server;
        this.reads = reads;
        this.memory = memory;
        this.tls = tls;
    }

    FtpSession session() {
        assert client.eventLoop().inEventLoop();
        return session;
    }

    ServerControl server() {
        return server;
    }

    SessionMemory memory() {
        return memory;
    }

    // ---- begin and end

    /** Starts the session, once: a channel that was accepted elsewhere may become active after that. */
    void start() {
        if (started) {
            return;
        }
        started = true;
        sessions.add(this);
        sessions.tracers().forEach(this::trace);
        session.start();
    }

    @Override
    public void shutdown() {
        runner.later(session::onShutdown);
    }

    @Override
    public void shutdownNow() {
        runner.later(session::onShutdownDeadline);
    }

    /**
     * Runs the action once, when the client's connection is closed and no upload continues without it. Handlers that close it
     * report why after that: the session is notified in a later turn of the loop that it is closed.
     */
    void onLeave(Runnable action) {
        onLeave = action;
        client.closeFuture().addListener(done -> {
            try {
                client.eventLoop().execute(this::onClientClosed);
            } catch (RejectedExecutionException e) {
                // The loop is being shut down: nothing is reported any more.
                onClientClosed();
            }
        });
    }

    /** The session counts as long as it holds connections: an upload may continue after its client is gone. */
    private void onClientClosed() {
        if (started) {
            runner.run(() -> session.onClientClosed(""));
            onWritabilityChanged();
        }
        if (!session.continuesWithoutClient()) {
            leave();
        }
    }

    /** The session has ended itself: the end of the client's input is the end of the connection from now on. */
    void onClosing() {
        closing = true;
    }

    /** The session holds no connection any more. */
    void leave() {
        if (!left) {
            left = true;
            sessions.remove(this);
            tls.close();
            memory.close();
            onLeave.run();
        }
    }

    // ---- what operators see, and do

    @Override
    public EventLoop loop() {
        return client.eventLoop();
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public SessionSnapshot snapshot() {
        return session().snapshot();
    }

    @Override
    public void endByOperator(String by) {
        runner.later(() -> session.onEndedByOperator(by));
    }

    @Override
    public void trace(SessionTracer tracer) {
        if (!left) {
            if (trace == null) {
                trace = new SessionTrace(id, client, server::channel);
            }
            trace.add(tracer, snapshot());
        }
    }

    @Override
    public void endTrace(SessionTracer tracer) {
        if (trace != null) {
            trace.remove(tracer);
        }
    }

    /** A control connection to a server has its pipeline. */
    void onServerPipeline(SocketChannel channel) {
        if (trace != null) {
            trace.show(channel);
        }
    }

    // ---- events that need more than the session

    void onClientInputClosed() {
        if (closing) {
            client.close();
        } else {
            session.onClientInputClosed();
        }
    }

    /** TLS ended on the client's control connection: by CCC, or with the connection. */
    void onClientTlsEnded() {
        if (tls.isStopping()) {
            runner.run(() -> tls.onStopped(client));
        } else {
            onClientInputClosed();
        }
    }

    void onClientGone(String reason) {
        session.onClientClosed(reason);
    }

    void onServerGone(String reason) {
        server.onGone();
        onWritabilityChanged();
        tls.forgetServer();
        session.onServerClosed(reason);
    }

    /** What came on the connection of this side was not TLS, or broken. */
    void onTlsBroken(Side side, Throwable cause) {
        runner.failIfFatal(cause);
        runner.run(() -> session.tls().onFailed(side, TlsErrors.of(cause)));
    }

    /** A control connection takes more to send again, or takes no more. */
    void onWritabilityChanged() {
        reads.update();
        memory.measure();
        if (!writabilityChanged) {
            writabilityChanged = true;
            // It is often a write of the session that changes it.
            runner.later(() -> {
                writabilityChanged = false;
                session.onWritabilityChanged();
            });
        }
    }

    void onInternalError(Throwable error) {
        runner.onInternalError(error);
    }
}
