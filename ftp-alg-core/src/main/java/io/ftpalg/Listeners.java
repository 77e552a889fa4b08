package io.ftpalg;

import io.ftpalg.policy.AlgListener;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several listeners as one; one that fails keeps nothing from the others. */
final class Listeners implements AlgListener {
    private static final Logger logger = LoggerFactory.getLogger(Listeners.class);

    private final List<AlgListener> all;

    Listeners(List<AlgListener> all) {
        this.all = List.copyOf(all);
    }

    @Override
    public void sessionOpened(SessionOpened event) {
        tell(listener -> listener.sessionOpened(event));
    }

    @Override
    public void sessionRefused(SessionRefused event) {
        tell(listener -> listener.sessionRefused(event));
    }

    @Override
    public void proxyAuthenticated(ProxyAuthenticated event) {
        tell(listener -> listener.proxyAuthenticated(event));
    }

    @Override
    public void proxyRefused(ProxyRefused event) {
        tell(listener -> listener.proxyRefused(event));
    }

    @Override
    public void sessionAuthenticated(SessionAuthenticated event) {
        tell(listener -> listener.sessionAuthenticated(event));
    }

    @Override
    public void sessionSecured(SessionSecured event) {
        tell(listener -> listener.sessionSecured(event));
    }

    @Override
    public void sessionTransparent(SessionTransparent event) {
        tell(listener -> listener.sessionTransparent(event));
    }

    @Override
    public void sessionClosed(SessionClosed event) {
        tell(listener -> listener.sessionClosed(event));
    }

    @Override
    public void transferStarted(TransferStarted event) {
        tell(listener -> listener.transferStarted(event));
    }

    @Override
    public void transferFinished(TransferFinished event) {
        tell(listener -> listener.transferFinished(event));
    }

    @Override
    public void rejected(Rejected event) {
        tell(listener -> listener.rejected(event));
    }

    private void tell(Consumer<AlgListener> event) {
        for (AlgListener listener : all) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                logger.error("a listener failed", e);
            }
        }
    }
}
