package io.ftpalg;

import io.ftpalg.policy.AlgListener;
import java.util.List;
import java.util.function.Consumer;

/** All listeners as one; one that fails keeps nothing from the others. */
final class Listeners implements AlgListener {
    private final List<AlgListener> all;
    private final ExtensionErrors errors;

    Listeners(List<AlgListener> all, ExtensionErrors errors) {
        this.all = List.copyOf(all);
        this.errors = errors;
    }

    @Override
    public void sessionOpened(SessionOpened event) {
        tell("sessionOpened", listener -> listener.sessionOpened(event));
    }

    @Override
    public void sessionRefused(SessionRefused event) {
        tell("sessionRefused", listener -> listener.sessionRefused(event));
    }

    @Override
    public void proxyAuthenticated(ProxyAuthenticated event) {
        tell("proxyAuthenticated", listener -> listener.proxyAuthenticated(event));
    }

    @Override
    public void proxyRefused(ProxyRefused event) {
        tell("proxyRefused", listener -> listener.proxyRefused(event));
    }

    @Override
    public void sessionAuthenticated(SessionAuthenticated event) {
        tell("sessionAuthenticated", listener -> listener.sessionAuthenticated(event));
    }

    @Override
    public void loginRefused(LoginRefused event) {
        tell("loginRefused", listener -> listener.loginRefused(event));
    }

    @Override
    public void serverConnected(ServerConnected event) {
        tell("serverConnected", listener -> listener.serverConnected(event));
    }

    @Override
    public void commandReceived(CommandReceived event) {
        tell("commandReceived", listener -> listener.commandReceived(event));
    }

    @Override
    public void commandDenied(CommandDenied event) {
        tell("commandDenied", listener -> listener.commandDenied(event));
    }

    @Override
    public void replySent(ReplySent event) {
        tell("replySent", listener -> listener.replySent(event));
    }

    @Override
    public void sessionSecured(SessionSecured event) {
        tell("sessionSecured", listener -> listener.sessionSecured(event));
    }

    @Override
    public void sessionTransparent(SessionTransparent event) {
        tell("sessionTransparent", listener -> listener.sessionTransparent(event));
    }

    @Override
    public void sessionClosed(SessionClosed event) {
        tell("sessionClosed", listener -> listener.sessionClosed(event));
    }

    @Override
    public void transferStarted(TransferStarted event) {
        tell("transferStarted", listener -> listener.transferStarted(event));
    }

    @Override
    public void inspectionEnded(InspectionEnded event) {
        tell("inspectionEnded", listener -> listener.inspectionEnded(event));
    }

    @Override
    public void remnantHandled(RemnantHandled event) {
        tell("remnantHandled", listener -> listener.remnantHandled(event));
    }

    @Override
    public void transferFinished(TransferFinished event) {
        tell("transferFinished", listener -> listener.transferFinished(event));
    }

    @Override
    public void dataConnectionFailed(DataConnectionFailed event) {
        tell("dataConnectionFailed", listener -> listener.dataConnectionFailed(event));
    }

    @Override
    public void tlsFailed(TlsFailed event) {
        tell("tlsFailed", listener -> listener.tlsFailed(event));
    }

    @Override
    public void rejected(Rejected event) {
        tell("rejected", listener -> listener.rejected(event));
    }

    private void tell(String method, Consumer<AlgListener> event) {
        for (AlgListener listener : all) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                errors.ignored(listener, method, e);
            }
        }
    }
}
