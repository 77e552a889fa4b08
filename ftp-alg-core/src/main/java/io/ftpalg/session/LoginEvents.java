package io.ftpalg.session;

import io.ftpalg.policy.login.ProxyUser;
import io.ftpalg.session.base.SessionActions;
import io.ftpalg.session.exchange.InFlight;
import io.ftpalg.session.login.ConnectExchange;

/**
 * The results of {@link SessionActions#authenticate}: whether the client is a user of the gateway. Owned by its session, called
 * by the driver on the session's loop.
 */
public final class LoginEvents {
    private final InFlight inFlight;

    LoginEvents(InFlight inFlight) {
        this.inFlight = inFlight;
    }

    /** The gateway has this user, and the password is right. */
    public void onAuthenticated(ProxyUser user) {
        if (inFlight.exchange() instanceof ConnectExchange exchange) {
            exchange.onAuthenticated(user);
        }
    }

    /** The gateway does not have this user, or the password is wrong. */
    public void onNotAuthenticated() {
        if (inFlight.exchange() instanceof ConnectExchange exchange) {
            exchange.onNotAuthenticated();
        }
    }

    /** Whether it is a user of the gateway cannot be checked now; the reason is for the log. */
    public void onUnavailable(String reason) {
        if (inFlight.exchange() instanceof ConnectExchange exchange) {
            exchange.onUnavailable(reason);
        }
    }
}
