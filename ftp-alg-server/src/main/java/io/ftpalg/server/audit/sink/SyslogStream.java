package io.ftpalg.server.audit.sink;

import io.ftpalg.protocol.HostPort;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * Syslog over TCP with octet counting (RFC 6587 section 3.4.1), or over TLS (RFC 5425), whose certificate must have the name of the
 * server. Connects again where the server has closed; what it had not read by then is lost, since syslog confirms nothing.
 */
final class SyslogStream implements SyslogTransport {
    private static final int CONNECT_MILLIS = 5000;

    private final HostPort server;
    private final Optional<Tls> tls;
    private volatile @Nullable Socket socket;
    private @Nullable OutputStream out;
    /** Whether anything was sent since the connection was checked. */
    private boolean checked;

    /** What TLS needs, read again with each connection. */
    @FunctionalInterface
    interface Tls {
        SSLContext context() throws IOException;
    }

    SyslogStream(HostPort server, Optional<Tls> tls) {
        this.server = server;
        this.tls = tls;
    }

    @Override
    public void send(byte[] message) throws IOException {
        try {
            OutputStream to = open();
            to.write((message.length + " ").getBytes(StandardCharsets.US_ASCII));
            to.write(message);
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private OutputStream open() throws IOException {
        Socket opened = socket;
        OutputStream there = out;
        if (opened != null && there != null && (checked || !isClosedByServer(opened))) {
            checked = true;
            return there;
        }
        close();
        Socket plain = new Socket();
        socket = plain;
        InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(server.host());
        }
        plain.connect(address, CONNECT_MILLIS);
        plain.setKeepAlive(true);
        Socket used = tls.isPresent() ? secure(tls.get(), plain) : plain;
        used.setSoTimeout(1);
        socket = used;
        checked = true;
        OutputStream made = new BufferedOutputStream(used.getOutputStream(), 1 << 16);
        out = made;
        return made;
    }

    private SSLSocket secure(Tls tls, Socket plain) throws IOException {
        plain.setSoTimeout(CONNECT_MILLIS);
        SSLSocket secured =
                (SSLSocket) tls.context().getSocketFactory().createSocket(plain, server.host(), server.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    /** A server sends nothing but its end. */
    private static boolean isClosedByServer(Socket opened) {
        try {
            return opened.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void flush() throws IOException {
        OutputStream there = out;
        checked = false;
        if (there != null) {
            try {
                there.flush();
            } catch (IOException e) {
                close();
                throw e;
            }
        }
    }

    @Override
    public void close() {
        Socket opened = socket;
        socket = null;
        try {
            if (opened != null) {
                opened.close();
            }
        } catch (IOException e) {
            // It is not used any more.
        }
    }
}
