package io.ftpalg.policy.tls;

import java.util.Optional;

/**
 * How the connections to a server are protected by TLS (RFC 4217).
 *
 * @param mode whether they are
 * @param implicit whether TLS begins with the connection, before the greeting
 * @param data how data connections are protected where the control connection is
 * @param strictEnd whether a data connection that ends without close_notify counts as cut
 * @param name the name that the server's certificate must have; its address if absent
 * @param context selects a TLS context, such as the name of a profile; may be empty
 */
public record ServerTls(
        Mode mode, boolean implicit, Data data, boolean strictEnd, Optional<String> name, String context) {
    private static final int IMPLICIT_PORT = 990;

    /** No TLS towards the server. */
    public static final ServerTls OFF = new ServerTls(Mode.OFF, false, Data.PRIVATE, true, Optional.empty(), "");

    /** Whether there is TLS towards the server. */
    public enum Mode {
        /** Never. */
        OFF,
        /** If the server accepts AUTH; a client that asks for PROT P is refused where it does not. */
        AUTO,
        /** Always, or there is no session. */
        REQUIRED,
        /** If and when the client has it, and then always. */
        MIRROR
    }

    /** How data connections with a server under TLS are protected. */
    public enum Data {
        /** By TLS. */
        PRIVATE,
        /** As the client asks for its own. */
        MIRROR,
        /** Not. */
        CLEAR
    }

    /** Returns explicit TLS in this mode, data as the mode suggests. */
    public static ServerTls explicit(Mode mode) {
        return new ServerTls(mode, false, mode == Mode.MIRROR ? Data.MIRROR : Data.PRIVATE, true, Optional.empty(), "");
    }

    /** Returns TLS from the first byte. */
    public static ServerTls implicitly() {
        return new ServerTls(Mode.REQUIRED, true, Data.PRIVATE, true, Optional.empty(), "");
    }

    /** Returns whether a server at this port can be spoken to: TLS begins with the connection on port 990, unless there is none. */
    public boolean fits(int port) {
        return mode != Mode.OFF || port != IMPLICIT_PORT;
    }

    /** Returns the same for one server: its name is checked, and TLS is implicit on port 990 unless there is none. */
    public ServerTls towards(String host, int port) {
        return mode == Mode.OFF
                ? this
                : new ServerTls(
                        mode,
                        implicit || port == IMPLICIT_PORT,
                        data,
                        strictEnd,
                        name.or(() -> Optional.of(host)),
                        context);
    }
}
