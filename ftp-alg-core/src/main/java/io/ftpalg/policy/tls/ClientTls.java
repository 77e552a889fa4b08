package io.ftpalg.policy.tls;

/**
 * How clients are protected by TLS (RFC 4217).
 *
 * @param control whether the control connection is
 * @param data whether data connections are
 * @param auth handling of AUTH
 * @param implicit whether TLS begins with the connection, before the greeting
 * @param clearCommandChannel whether CCC may end it on the control connection after the login
 * @param dataReuse whether a data connection must resume the TLS session of its control connection, so that no other client behind the
 *     client's address can take it over; needs contexts that are a session's own
 * @param strictEnd whether the end of an upload needs close_notify; if not, FIN alone ends it, and a cut upload may look whole
 */
public record ClientTls(
        TlsUse control,
        TlsUse data,
        AuthMode auth,
        boolean implicit,
        boolean clearCommandChannel,
        boolean dataReuse,
        boolean strictEnd) {

    /** No TLS here, and AUTH is not understood. */
    public static final ClientTls NONE = new ClientTls(TlsUse.OFF, TlsUse.OFF, AuthMode.TERMINATE, false, false, false);

    /** Offered to all clients, required of none. */
    public static final ClientTls OPTIONAL =
            new ClientTls(TlsUse.OPTIONAL, TlsUse.OPTIONAL, AuthMode.TERMINATE, false, false, false);

    /** Makes one where the end of an upload needs close_notify. */
    public ClientTls(
            TlsUse control,
            TlsUse data,
            AuthMode auth,
            boolean implicit,
            boolean clearCommandChannel,
            boolean dataReuse) {
        this(control, data, auth, implicit, clearCommandChannel, dataReuse, true);
    }

    public ClientTls {
        if (implicit && (control == TlsUse.OFF || auth != AuthMode.TERMINATE)) {
            throw new IllegalArgumentException(
                    "implicit TLS ends at the gateway: control " + control + ", AUTH " + auth);
        }
        if (control == TlsUse.OFF && data != TlsUse.OFF) {
            throw new IllegalArgumentException("TLS on data connections needs it on the control connection");
        }
    }

    /** Returns the same for a listener where TLS begins with the connection. */
    public ClientTls implicitly() {
        return new ClientTls(control, data, AuthMode.TERMINATE, true, clearCommandChannel, dataReuse, strictEnd);
    }

    /** Returns the same for clients that end data connections without close_notify. */
    public ClientTls withLenientEnd() {
        return new ClientTls(control, data, auth, implicit, clearCommandChannel, dataReuse, false);
    }

    /** Returns whether clients can have TLS from the gateway. */
    public boolean isOffered() {
        return control != TlsUse.OFF && auth == AuthMode.TERMINATE;
    }
}
