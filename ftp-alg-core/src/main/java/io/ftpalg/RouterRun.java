package io.ftpalg;

import io.ftpalg.policy.route.Router;
import io.ftpalg.policy.route.RouterContext;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The run of a gateway's router: started at most once, and stopped if and only if it was started. Owned by the gateway, whose
 * start and stop may meet on two threads; guarded by its own lock, so that the one is over before the other begins.
 */
final class RouterRun {
    private static final Logger logger = LoggerFactory.getLogger(RouterRun.class);

    private enum State {
        NEW,
        RUNNING,
        OVER
    }

    private final Router router;
    private State state = State.NEW;

    RouterRun(Router router) {
        this.router = router;
    }

    /** Starts it, unless the gateway has stopped meanwhile; fails with {@link FtpAlgException} if it does not start. */
    synchronized CompletionStage<Void> start(RouterContext context) {
        if (state == State.NEW) {
            try {
                router.start(context);
            } catch (RuntimeException e) {
                return CompletableFuture.failedStage(new FtpAlgException("routing cannot start: " + e.getMessage(), e));
            }
            state = State.RUNNING;
        }
        return CompletableFuture.completedStage(null);
    }

    synchronized void stop() {
        boolean running = state == State.RUNNING;
        state = State.OVER;
        if (running) {
            try {
                router.stop();
            } catch (RuntimeException e) {
                logger.error("the router failed to stop", e);
            }
        }
    }
}
