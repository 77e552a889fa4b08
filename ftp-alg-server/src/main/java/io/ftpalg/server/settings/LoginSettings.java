package io.ftpalg.server.settings;

import io.ftpalg.policy.login.LoginPolicy;
import java.util.Optional;

/**
 * How clients log in.
 *
 * @param policy how, without users of the gateway's own
 * @param users where those are, if there are any
 */
public record LoginSettings(LoginPolicy policy, Optional<UserSettings> users) {
    /** At any server, without users of the gateway's own. */
    public static final LoginSettings DEFAULT = new LoginSettings(LoginPolicy.DEFAULT, Optional.empty());
}
