package io.ftpalg.session.login;

import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import io.ftpalg.session.base.LoginName;
import java.util.Optional;

/**
 * What a login comes to, once the client has sent enough for a step: its user at the gateway, its server, and what the
 * server receives.
 *
 * @param check the user of the gateway that is to be checked first, if one is
 * @param destination where to go then
 */
record LoginPlan(Optional<Check> check, Destination destination) {

    /**
     * A user of the gateway.
     *
     * @param name its name
     * @param password its password
     */
    record Check(String name, Secret password) {}

    /**
     * Where to go.
     *
     * @param named whether the client named the server
     * @param target the server, if it was named by a text that a server can have
     * @param user the user for the server, if the client has sent it
     * @param password its password, if the client has sent it: then the gateway logs in
     * @param answer the reply to the client once it is connected, if it logs in by itself after that
     */
    record Destination(
            boolean named,
            Optional<HostPort> target,
            Optional<String> user,
            Optional<Secret> password,
            Optional<FtpReply> answer) {

        /** Returns the same for another user. */
        Destination withUser(String other) {
            return new Destination(named, target, Optional.of(other), password, answer);
        }
    }

    /** Returns whether the client goes, as the user of the gateway that it is, to a server that it did not name. */
    boolean goesAsChecked() {
        return !destination.named() && check.isPresent() && destination.user().equals(check.map(Check::name));
    }

    /** Returns the plan of USER that goes to the server. */
    static LoginPlan user(LoginName name) {
        return new LoginPlan(
                Optional.empty(),
                new Destination(
                        name.namesServer(),
                        name.target(),
                        Optional.of(name.user()),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Returns the plan to log in there, of whatever name. */
    static Destination logIn(LoginName name, Secret password) {
        return new Destination(
                name.namesServer(), name.target(), Optional.of(name.user()), Optional.of(password), Optional.empty());
    }

    /** Returns the plan to be connected only. */
    static Destination connect(Optional<HostPort> target, FtpReply answer) {
        return new Destination(true, target, Optional.empty(), Optional.empty(), Optional.of(answer));
    }

    /** Returns the plan that checks this user of the gateway, and then goes there. */
    static LoginPlan checking(String name, Secret password, Destination then) {
        return new LoginPlan(Optional.of(new Check(name, password)), then);
    }

    /** Returns the plan that goes there. */
    static LoginPlan going(Destination there) {
        return new LoginPlan(Optional.empty(), there);
    }
}
