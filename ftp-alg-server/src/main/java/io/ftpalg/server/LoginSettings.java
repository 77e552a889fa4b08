package io.ftpalg.server;

import io.ftpalg.policy.LoginPolicy;
import java.util.Optional;

/**
 * How clients log in, as the config file says.
 *
 * @param policy how, without users of the gateway's own
 * @param users where those are, if there are any
 */
record LoginSettings(LoginPolicy policy, Optional<UserSettings> users) {
    static final LoginSettings DEFAULT = new LoginSettings(LoginPolicy.DEFAULT, Optional.empty());
}
