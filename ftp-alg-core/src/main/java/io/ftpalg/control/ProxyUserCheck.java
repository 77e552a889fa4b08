package io.ftpalg.control;

import io.ftpalg.control.shared.Gateway;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.protocol.Secret;
import io.ftpalg.session.FtpSession;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** Asks the gateway's own users, if it has any, who the client of one session is; they reply on any thread. */
final class ProxyUserCheck {
    private final Gateway gateway;
    private final FtpSession session;
    private final InetSocketAddress client;
    private final Consumer<Runnable> later;

    /**
     * Makes it.
     *
     * @param client the client's address, which the users receive
     * @param later runs an event of the session in a later turn of its loop, from any thread
     */
    ProxyUserCheck(Gateway gateway, FtpSession session, InetSocketAddress client, Consumer<Runnable> later) {
        this.gateway = gateway;
        this.session = session;
        this.client = client;
        this.later = later;
    }

    /** Asks; the session is notified of the result in a later turn of its loop. */
    void authenticate(String name, Secret password) {
        Optional<ProxyUsers> users = gateway.settings().login().users();
        if (users.isEmpty()) {
            later.accept(session.loginEvents()::onNotAuthenticated);
            return;
        }
        CompletionStage<Optional<ProxyUser>> reply;
        try {
            reply = users.get().authenticate(name, password, client);
        } catch (RuntimeException e) {
            reply = CompletableFuture.failedStage(e);
        }
        reply.whenComplete((user, failure) -> later.accept(() -> {
            if (failure != null) {
                gateway.sessions().failIfFatal(failure);
                session.loginEvents().onUnavailable(String.valueOf(failure.getMessage()));
            } else {
                user.ifPresentOrElse(session.loginEvents()::onAuthenticated, session.loginEvents()::onNotAuthenticated);
            }
        }));
    }
}
