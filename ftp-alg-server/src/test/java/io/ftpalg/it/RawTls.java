package io.ftpalg.it;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** TLS of one raw client: whatever it connects to, it offers the session that it has. Not thread-safe. */
final class RawTls {
    /** All connections of a client are to one port, as its cache of sessions sees it. */
    private static final int ONE_PORT = 21;

    private final SSLContext context;
    private final TlsVersion version;
    private final String[] applicationProtocols;
    private List<SNIServerName> names = List.of();

    RawTls(SSLContext context, TlsVersion version, String... applicationProtocols) {
        this.context = context;
        this.version = version;
        this.applicationProtocols = applicationProtocols.clone();
    }

    /** Has it ask for a server of this name (SNI). */
    RawTls askFor(String name) {
        names = List.of(new SNIHostName(name));
        return this;
    }

    /** Returns what is under TLS after a handshake; the plain socket stays the caller's to cut. */
    SSLSocket wrap(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, plain.getInetAddress().getHostAddress(), ONE_PORT, true);
        socket.setUseClientMode(true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setProtocols(new String[] {version.protocol()});
        parameters.setApplicationProtocols(applicationProtocols);
        parameters.setServerNames(names);
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
