package io.ftpalg.policy.login;

import io.ftpalg.protocol.Secret;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Checks the gateway's own users. Called on the session's event loop and must not block; the stage may complete on any
 * thread.
 */
@FunctionalInterface
public interface ProxyUsers {

    /**
     * Checks a name and its password.
     *
     * @return the user, or nothing if there is no such user or the password is wrong, which must take the same time; fails if it
     *     cannot be checked now, with a reason for the log
     */
    CompletionStage<Optional<ProxyUser>> authenticate(String name, Secret password, InetSocketAddress client);
}
