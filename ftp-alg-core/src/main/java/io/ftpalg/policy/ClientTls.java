package io.ftpalg.policy;

/**
 * How clients are protected by TLS (RFC 4217).
 *
 * @param control whether the control connection is
 * @param data whether data connections are
 * @param auth what becomes of AUTH
 * @param implicit whether TLS begins with the connection, before the greeting
 * @param clearCommandChannel whether CCC may end it on the control connection after the login
 * @param dataReuse whether a data connection must resume the TLS session of its control connection, so that nobody behind the
 *     client's address can take it over; needs contexts that are a session's own
 */
public record ClientTls(TlsUse control, TlsUse data, AuthMode auth, boolean implicit, boolean clearCommandChannel,
        boolean dataReuse) {

    /** No TLS here, and AUTH is not understood. */
    public static final ClientTls NONE = new ClientTls(TlsUse.OFF, TlsUse.OFF, AuthMode.TERMINATE, false, false, false);

    /** Offered to all, and needed by nobody. */
    public static final ClientTls OPTIONAL =
            new ClientTls(TlsUse.OPTIONAL, TlsUse.OPTIONAL, AuthMode.TERMINATE, false, false, false);

    public ClientTls {
        if (implicit && (control == TlsUse.OFF || auth != AuthMode.TERMINATE)) {
            throw new IllegalArgumentException("implicit TLS ends at the gateway: control " + control + ", AUTH " + auth);
        }
        if (control == TlsUse.OFF && data != TlsUse.OFF) {
            throw new IllegalArgumentException("TLS on data connections needs it on the control connection");
        }
    }

    /** Returns the same for a listener where TLS begins with the connection. */
    public ClientTls implicitly() {
        return new ClientTls(control, data, AuthMode.TERMINATE, true, clearCommandChannel, dataReuse);
    }

    /** Tells whether clients can have TLS from the gateway. */
    public boolean isOffered() {
        return control != TlsUse.OFF && auth == AuthMode.TERMINATE;
    }
}
