package io.ftpalg.server.audit.sink;

import io.ftpalg.protocol.HostPort;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Syslog over UDP (RFC 5426): a datagram each; whether one arrives is not known. The name is looked up when the socket is opened. */
final class SyslogDatagrams implements SyslogTransport {
    /** A datagram has no more; what is beyond is cut. */
    static final int LONGEST = 65_000;

    private final HostPort server;
    private volatile @Nullable DatagramSocket socket;

    SyslogDatagrams(HostPort server) {
        this.server = server;
    }

    @Override
    public void send(byte[] message) throws IOException {
        byte[] fitting = message.length > LONGEST ? Arrays.copyOf(message, LONGEST) : message;
        try {
            open().send(new DatagramPacket(fitting, fitting.length));
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private DatagramSocket open() throws IOException {
        DatagramSocket opened = socket;
        if (opened != null) {
            return opened;
        }
        InetSocketAddress address = new InetSocketAddress(server.host(), server.port());
        if (address.isUnresolved()) {
            throw new UnknownHostException(server.host());
        }
        DatagramSocket made = new DatagramSocket();
        made.connect(address);
        socket = made;
        return made;
    }

    @Override
    public void close() {
        DatagramSocket opened = socket;
        socket = null;
        if (opened != null) {
            opened.close();
        }
    }
}
