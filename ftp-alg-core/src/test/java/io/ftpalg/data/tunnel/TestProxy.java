package io.ftpalg.data.tunnel;

import io.ftpalg.protocol.IpLiteral;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A SOCKS 4A, SOCKS 5 and HTTP proxy on one port of loopback, which speaks what its client begins with. Every name leads to
 * 127.0.0.1; only user joe with password secret is let in where the protocol has users and the test wants one.
 */
public final class TestProxy implements AutoCloseable {
    private static final byte[] ANY = {0, 0, 0, 0, 0, 0};

    private final ServerSocket listener;
    private final boolean wantsUser;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    /** How a BIND goes. */
    public volatile Bind bind = Bind.ACCEPTED;

    /** How a BIND goes. */
    public enum Bind {
        ACCEPTED,
        UNSPECIFIED,
        REFUSED,
        SILENT,
        CLOSED,
        NOWHERE,
        GARBAGE,
        ANOTHER_PEER,
        CLOSED_LATER
    }

    /** What was asked for, such as {@code socks5 server.test:21}. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    private TestProxy(boolean wantsUser) {
        this.wantsUser = wantsUser;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    /** Starts one for everybody. */
    public static TestProxy open() {
        return new TestProxy(false);
    }

    /** Starts one for user joe. */
    public static TestProxy forJoe() {
        return new TestProxy(true);
    }

    public int port() {
        return listener.getLocalPort();
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "test-proxy");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                sockets.add(client);
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(client.getInputStream());
            int first = in.read();
            switch (first) {
                case 4 -> socks4(client, in);
                case 5 -> socks5(client, in);
                case 'C' -> http(client, in);
                default -> throw new IOException("no protocol begins with " + first);
            }
        } catch (IOException e) {
            // Gone.
        }
    }

    private void socks4(Socket client, DataInputStream in) throws IOException {
        in.readByte();
        int port = in.readUnsignedShort();
        byte[] address = in.readNBytes(4);
        String user = text(in);
        String host = address[0] == 0 ? text(in) : IpLiteral.format(InetAddress.getByAddress(address));
        join(
                client,
                (user.isEmpty() ? "socks4a " : "socks4a " + user + "@") + host,
                host,
                port,
                new byte[] {0, 90, 0, 0, 0, 0, 0, 0},
                new byte[] {0, 91, 0, 0, 0, 0, 0, 0});
    }

    private static String text(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c > 0; c = in.read()) {
            text.append((char) c);
        }
        return text.toString();
    }

    private void socks5(Socket client, DataInputStream in) throws IOException {
        in.readNBytes(in.readUnsignedByte());
        OutputStream out = client.getOutputStream();
        out.write(new byte[] {5, (byte) (wantsUser ? 2 : 0)});
        if (wantsUser) {
            in.readByte();
            String user = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
            String password = new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
            boolean known = user.equals("joe") && password.equals("secret");
            out.write(new byte[] {1, (byte) (known ? 0 : 1)});
            if (!known) {
                return;
            }
        }
        in.readByte();
        int command = in.readByte();
        in.readByte();
        String host = host(in);
        int port = in.readUnsignedShort();
        if (command == 2) {
            bind(client, host + ":" + port);
            return;
        }
        join(client, "socks5 " + host, host, port, reply(0), reply(5));
    }

    private void bind(Socket client, String server) throws IOException {
        asked.add("bind " + server);
        OutputStream out = client.getOutputStream();
        byte[] local = {127, 0, 0, 1};
        try (ServerSocket port = new ServerSocket(0, 1, InetAddress.getByAddress(local))) {
            switch (bind) {
                case REFUSED -> out.write(reply(2));
                case SILENT -> client.getInputStream().read();
                case CLOSED -> {}
                case NOWHERE -> out.write(reply(local, 0));
                case GARBAGE -> out.write("HTTP/1.1 400 Bad Request\r\n".getBytes(StandardCharsets.US_ASCII));
                case UNSPECIFIED -> {
                    out.write(reply(new byte[4], port.getLocalPort()));
                    passBoth(client, port.accept(), reply(0));
                }
                case CLOSED_LATER -> {
                    out.write(reply(local, port.getLocalPort()));
                    port.accept().close();
                }
                case ANOTHER_PEER -> {
                    out.write(reply(local, port.getLocalPort()));
                    passBoth(client, port.accept(), reply(new byte[] {127, 0, 0, 9}, 20));
                }
                case ACCEPTED -> {
                    out.write(reply(local, port.getLocalPort()));
                    Socket accepted = port.accept();
                    passBoth(client, accepted, reply(local, accepted.getPort()));
                }
            }
        }
    }

    private void passBoth(Socket client, Socket server, byte[] accepted) {
        sockets.add(server);
        start(() -> pass(server, client, accepted));
        pass(client, server, new byte[0]);
    }

    private static byte[] reply(byte[] address, int port) {
        byte[] reply = reply(0);
        System.arraycopy(address, 0, reply, 4, address.length);
        reply[8] = (byte) (port >> 8);
        reply[9] = (byte) port;
        return reply;
    }

    private static String host(DataInputStream in) throws IOException {
        return switch (in.readUnsignedByte()) {
            case 1 -> IpLiteral.format(InetAddress.getByAddress(in.readNBytes(4)));
            case 3 -> new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
            case 4 -> IpLiteral.format(InetAddress.getByAddress(in.readNBytes(16)));
            default -> throw new IOException("no such address");
        };
    }

    private static byte[] reply(int status) {
        byte[] reply = Arrays.copyOf(new byte[] {5, (byte) status, 0, 1}, 10);
        System.arraycopy(ANY, 0, reply, 4, ANY.length);
        return reply;
    }

    private void http(Socket client, DataInputStream in) throws IOException {
        String target = line(in).split(" ")[1];
        String credentials = "";
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization: basic ")) {
                credentials = new String(
                        Base64.getDecoder().decode(line.substring(line.lastIndexOf(' ') + 1)),
                        StandardCharsets.US_ASCII);
            }
        }
        if (wantsUser && !credentials.equals("joe:secret")) {
            client.getOutputStream().write(ascii("HTTP/1.1 407 Who are you\r\nContent-Length: 0\r\n\r\n"));
            return;
        }
        int colon = target.lastIndexOf(':');
        String host = target.substring(0, colon);
        join(
                client,
                "http " + host,
                host,
                Integer.parseInt(target.substring(colon + 1)),
                ascii("HTTP/1.1 200 Connected\r\n\r\n"),
                ascii("HTTP/1.1 502 Nobody there\r\nContent-Length: 0\r\n\r\n"));
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the request is cut");
            }
            text.append((char) c);
        }
        return text.toString().trim();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The reply and the first bytes of the server are one segment, so that none of them may be lost. */
    private void join(Socket client, String what, String host, int port, byte[] accepted, byte[] refused)
            throws IOException {
        asked.add(what + ":" + port);
        Socket server;
        try {
            InetAddress address = IpLiteral.parse(host).orElse(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            server = new Socket();
            server.connect(new InetSocketAddress(address, port));
        } catch (IOException e) {
            client.getOutputStream().write(refused);
            return;
        }
        sockets.add(server);
        start(() -> pass(server, client, accepted));
        pass(client, server, new byte[0]);
    }

    private static void pass(Socket from, Socket to, byte[] before) {
        try {
            byte[] buffer = new byte[65536];
            System.arraycopy(before, 0, buffer, 0, before.length);
            from.setSoTimeout(before.length == 0 ? 0 : 100);
            int more = 0;
            try {
                more = before.length == 0
                        ? 0
                        : Math.max(0, from.getInputStream().read(buffer, before.length, buffer.length - before.length));
            } catch (java.net.SocketTimeoutException e) {
                // A server that is silent at first, as it is under TLS.
            }
            from.setSoTimeout(0);
            to.getOutputStream().write(buffer, 0, before.length + more);
            for (int n = from.getInputStream().read(buffer);
                    n >= 0;
                    n = from.getInputStream().read(buffer)) {
                to.getOutputStream().write(buffer, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            reset(from);
            reset(to);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            // Gone.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
