package io.ftpalg.control.tunnel;

import io.ftpalg.control.shared.Gateway;
import io.ftpalg.policy.CloseCause;
import io.ftpalg.policy.login.LoginGuard;
import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.policy.login.ProxyUsers;
import io.ftpalg.protocol.Secret;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Checks that a client is one of the gateway's own users, before it has a session: by the same limits, and with the same delay, as a
 * login by FTP (RFC 2577 section 5). On the event loop of its connection; the users reply on any thread.
 */
final class TunnelLogin {
    private static final long RETRY_MILLIS = 100;

    private final Gateway gateway;
    private final InetSocketAddress client;
    private final EventLoop loop;

    /** Receives the result, on the connection's loop. */
    interface Result {
        void known(ProxyUser user);

        void refused(CloseCause cause);
    }

    TunnelLogin(Gateway gateway, InetSocketAddress client, EventLoop loop) {
        this.gateway = gateway;
        this.client = client;
        this.loop = loop;
    }

    /** Returns whether clients must log in. */
    boolean isNeeded() {
        return users().isPresent();
    }

    private Optional<ProxyUsers> users() {
        return gateway.settings().login().users();
    }

    /** Checks the password; the result follows, at once or later. */
    void check(String name, Secret password, Result result) {
        LoginGuard guard = gateway.settings().guard();
        switch (guard.begin(client.getAddress(), name)) {
            case ALLOWED -> ask(name, password, guard, result);
            case BUSY -> {
                var unused = loop.schedule(() -> check(name, password, result), RETRY_MILLIS, TimeUnit.MILLISECONDS);
            }
            case REFUSED -> refuseLater(result);
        }
    }

    private void ask(String name, Secret password, LoginGuard guard, Result result) {
        CompletionStage<Optional<ProxyUser>> reply;
        try {
            reply = users().orElseThrow().authenticate(name, password, client);
        } catch (RuntimeException e) {
            reply = CompletableFuture.failedStage(e);
        }
        reply.whenComplete((user, failure) -> loop.execute(() -> {
            if (failure != null) {
                guard.undecided(client.getAddress(), name);
                gateway.sessions().failIfFatal(failure);
                result.refused(CloseCause.USERS_UNAVAILABLE);
            } else {
                answered(name, user, guard, result);
            }
        }));
    }

    private void answered(String name, Optional<ProxyUser> user, LoginGuard guard, Result result) {
        if (user.isPresent()) {
            guard.succeeded(client.getAddress(), name);
            result.known(user.get());
        } else {
            guard.failed(client.getAddress(), name);
            refuseLater(result);
        }
    }

    private void refuseLater(Result result) {
        var unused = loop.schedule(
                () -> result.refused(CloseCause.LOGIN_REFUSED),
                gateway.limits().loginDelay().toNanos(),
                TimeUnit.NANOSECONDS);
    }
}
