package io.ftpalg.session.base;

import io.ftpalg.policy.tls.TlsDetails;
import java.util.Optional;

/**
 * How the connections with one side are protected: TLS on the control connection, and what PROT agreed for data (RFC 4217
 * sections 8 to 13). Owned by the session for its client, by the {@code ServerConnection} for the server.
 */
public final class Protection {

    private enum Control {
        CLEAR,
        TLS,
        LEFT
    }

    private Control control = Control.CLEAR;
    private Optional<TlsDetails> details = Optional.empty();
    private boolean bufferSizeAgreed;
    private boolean dataPrivate;
    private boolean dataPostponed;

    /** The control connection is under TLS. */
    public void secure() {
        control = Control.TLS;
    }

    /** The control connection is under TLS, which has these properties. */
    public void secure(TlsDetails tls) {
        secure();
        details = Optional.of(tls);
    }

    /** Returns the properties of TLS on the control connection; empty while it is in the clear. */
    public Optional<TlsDetails> details() {
        return isSecured() ? details : Optional.empty();
    }

    /** TLS ended on the control connection; what was agreed for data stays (CCC). */
    public void leave() {
        control = Control.LEFT;
        bufferSizeAgreed = false;
    }

    /** Nothing is protected: as at the start. */
    public void reset() {
        control = Control.CLEAR;
        bufferSizeAgreed = false;
        dataPrivate = false;
        dataPostponed = false;
    }

    /** Returns whether the control connection is under TLS. */
    public boolean isSecured() {
        return control == Control.TLS;
    }

    /** Returns whether TLS may begin on the control connection. */
    public boolean isFresh() {
        return control == Control.CLEAR;
    }

    /** PBSZ was sent; 0 is the only size of a stream cipher. */
    public void agreeBufferSize() {
        bufferSizeAgreed = true;
    }

    public boolean isBufferSizeAgreed() {
        return bufferSizeAgreed;
    }

    /** The next transfers are under TLS, or not. */
    public void protectData(boolean tls) {
        dataPrivate = tls;
        dataPostponed = false;
    }

    /** PROT was refused before the login, and is to be sent again after it. */
    public void postponeData() {
        dataPostponed = true;
    }

    /** Returns whether PROT is to be sent again once the login is accepted. */
    public boolean isDataPostponed() {
        return dataPostponed;
    }

    public boolean isDataPrivate() {
        return dataPrivate;
    }
}
