package io.ftpalg.policy;

import java.net.InetAddress;

/**
 * Counts failed logins across sessions (RFC 2577 section 5). Shared by all event loops: thread-safe, and must not block.
 */
public interface LoginGuard {
    /** Lets everybody try for ever. */
    LoginGuard NONE = new LoginGuard() {
        @Override
        public boolean mayTry(InetAddress client, String user) {
            return true;
        }

        @Override
        public void failed(InetAddress client, String user) {
        }

        @Override
        public void succeeded(InetAddress client, String user) {
        }
    };

    /** Tells whether this client may try a password for this user now. */
    boolean mayTry(InetAddress client, String user);

    /** A password was refused, by the gateway or by a server. */
    void failed(InetAddress client, String user);

    /** A password was accepted. */
    void succeeded(InetAddress client, String user);
}
