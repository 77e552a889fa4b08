package io.ftpalg.policy.login;

import java.net.InetAddress;

/**
 * Counts failed logins across sessions (RFC 2577 section 5). Shared by all event loops: thread-safe, and must not block.
 *
 * <p>An attempt counts from {@link #begin} on, not from its reply: passwords that are being checked could otherwise be as
 * many as there are sessions. Each attempt that was allowed ends with exactly one of {@link #failed}, {@link #succeeded} and
 * {@link #undecided}.
 */
public interface LoginGuard {
    /** Allows everything. */
    LoginGuard NONE = new LoginGuard() {
        @Override
        public Answer begin(InetAddress client, String user) {
            return Answer.ALLOWED;
        }

        @Override
        public void failed(InetAddress client, String user) {}

        @Override
        public void succeeded(InetAddress client, String user) {}

        @Override
        public void undecided(InetAddress client, String user) {}
    };

    /** Whether a password may be tried. */
    enum Answer {
        /** Yes; the attempt counts until it ends. */
        ALLOWED,
        /** Not yet: with the attempts in progress there would be too many. Ask again when one of them may have ended. */
        BUSY,
        /** No: too many failed. */
        REFUSED
    }

    /** Returns whether this client may try a password for this user now; counts the attempt if so. */
    Answer begin(InetAddress client, String user);

    /** A password was refused, by the gateway or by a server, or the client did not wait for the reply. */
    void failed(InetAddress client, String user);

    /** A password was accepted. */
    void succeeded(InetAddress client, String user);

    /** The password could not be checked: it counts neither way. */
    void undecided(InetAddress client, String user);
}
