package io.ftpalg;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of SOCKS 5 that sends what it is told, byte by byte, and reads the replies. */
public final class SocksClient implements AutoCloseable {
    public static final int CONNECT = 1;
    public static final int BIND = 2;

    public final Socket socket;
    public final DataInputStream in;

    private SocksClient(Socket socket) throws IOException {
        this.socket = socket;
        this.socket.setSoTimeout(20_000);
        this.in = new DataInputStream(socket.getInputStream());
    }

    /** Connects, and sends nothing. */
    public static SocksClient connect(InetSocketAddress gateway) throws IOException {
        return connect(gateway, "127.0.0.1");
    }

    /** Connects from this address. */
    public static SocksClient connect(InetSocketAddress gateway, String from) throws IOException {
        return new SocksClient(new Socket(gateway.getAddress(), gateway.getPort(), InetAddress.getByName(from), 0));
    }

    /** Connects, and agrees on no login. */
    public static SocksClient greet(InetSocketAddress gateway) throws IOException {
        SocksClient client = connect(gateway);
        client.send(5, 1, 0);
        client.expect(5, 0);
        return client;
    }

    public void send(int... octets) throws IOException {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        socket.getOutputStream().write(bytes);
    }

    public void expect(int... octets) throws IOException {
        for (int octet : octets) {
            int read = in.read();
            if (read != octet) {
                throw new IOException("read " + read + " and not " + octet);
            }
        }
    }

    /** Sends the request for a host by name. */
    public void request(int command, String host, int port) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.write(new byte[] {5, (byte) command, 0, 3, (byte) host.length()});
        request.write(host.getBytes(StandardCharsets.US_ASCII));
        request.write(port >> 8);
        request.write(port);
        socket.getOutputStream().write(request.toByteArray());
    }

    /** Reads a reply to a request, and returns its code. */
    public int reply() throws IOException {
        int version = in.read();
        if (version < 0) {
            throw new IOException("closed without a reply");
        }
        int code = in.read();
        in.read();
        bound = new InetSocketAddress(
                InetAddress.getByAddress(in.readNBytes(in.read() == 1 ? 4 : 16)), in.readUnsignedShort());
        return code;
    }

    private InetSocketAddress bound = new InetSocketAddress(0);

    /** Returns the address in the last reply. */
    public InetSocketAddress bound() {
        return bound;
    }

    /** Sends a command of FTP. */
    public void say(String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Reads a line; empty at the end. */
    public String receive() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0 && octet != '\n'; octet = in.read()) {
            if (octet != '\r') {
                line.append((char) octet);
            }
        }
        return line.toString();
    }

    /** Reads all that comes until the end. */
    public String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** Says a line and reads the reply. */
    public String ask(String line) throws IOException {
        say(line);
        return receive();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
