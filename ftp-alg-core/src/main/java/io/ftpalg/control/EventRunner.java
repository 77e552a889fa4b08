package io.ftpalg.control;

import io.ftpalg.control.shared.Sessions;
import io.ftpalg.session.FtpSession;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the events of one session on its loop. One that fails ends the session, whatever it is, and perhaps the gateway. Owned by
 * the session's driver.
 */
final class EventRunner {
    private static final Logger logger = LoggerFactory.getLogger(EventRunner.class);

    private final SocketChannel client;
    private final FtpSession session;
    private final Sessions sessions;

    EventRunner(SocketChannel client, FtpSession session, Sessions sessions) {
        this.client = client;
        this.session = session;
        this.sessions = sessions;
    }

    /** Runs an event now; on the session's loop. */
    void run(Runnable event) {
        try {
            event.run();
        } catch (Throwable e) {
            onInternalError(e);
        }
    }

    /** Runs an event in a later turn of the session's loop, or never if the loop has ended; from any thread. */
    void later(Runnable event) {
        try {
            client.eventLoop().execute(() -> run(event));
        } catch (RejectedExecutionException e) {
            logger.debug("the event loop has ended, and its sessions with it");
        }
    }

    /** Ends the gateway if what failed shows that the JVM cannot be relied on. */
    void failIfFatal(Throwable cause) {
        sessions.failIfFatal(cause);
    }

    /** A fault of this program, or of the JVM. */
    void onInternalError(Throwable error) {
        try {
            session.onInternalError(error);
        } catch (Throwable again) {
            // There may be no memory even for the reply.
            client.close();
        } finally {
            sessions.failIfFatal(error);
        }
    }
}
