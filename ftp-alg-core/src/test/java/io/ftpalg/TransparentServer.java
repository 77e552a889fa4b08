package io.ftpalg;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.DataSyntaxException;
import io.ftpalg.protocol.FtpVerb;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An FTP server that sends one file, in each of the ways to name a data port, and records who connected, and what it connected to. Its
 * sockets are in the network namespace of the thread that makes it.
 */
final class TransparentServer implements AutoCloseable {
    static final String FILE = "transparent";
    private static final int BACKLOG = 50;

    private final ServerSocket listener;
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    final BlockingQueue<InetSocketAddress> controlPeers = new LinkedBlockingQueue<>();
    final BlockingQueue<InetSocketAddress> dataPeers = new LinkedBlockingQueue<>();

    TransparentServer(InetAddress address, int port) throws IOException {
        listener = new ServerSocket(port, BACKLOG, address);
        start(this::accept);
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "transparent-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                clients.add(client);
                controlPeers.add((InetSocketAddress) client.getRemoteSocketAddress());
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
            send(client, "220 ready");
            DataPort port = () -> {
                throw new IOException("no data port");
            };
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String verb = line.split(" ")[0].toUpperCase(Locale.ROOT);
                switch (verb) {
                    case "USER" -> send(client, "230 welcome");
                    case "PASV", "EPSV", "PORT", "EPRT" -> {
                        DataSyntax syntax = DataSyntax.of(FtpVerb.valueOf(verb));
                        port = syntax.passive() ? passive(client, syntax) : active(client, syntax, line);
                    }
                    case "RETR" -> {
                        send(client, "150 here");
                        sendFile(port);
                        send(client, "226 done");
                    }
                    default -> send(client, "502 no");
                }
            }
        } catch (IOException e) {
            // Gone.
        }
    }

    private interface DataPort {
        Socket connect() throws IOException;
    }

    private DataPort passive(Socket client, DataSyntax syntax) throws IOException {
        ServerSocket data = new ServerSocket(0, 1, client.getLocalAddress());
        send(client, syntax.positiveCode() + " " + syntax.format((InetSocketAddress) data.getLocalSocketAddress()));
        return () -> {
            try (data) {
                return data.accept();
            }
        };
    }

    private static DataPort active(Socket client, DataSyntax syntax, String line) throws IOException {
        InetSocketAddress target;
        try {
            target = syntax.parse(line.substring(line.indexOf(' ') + 1), client.getInetAddress());
        } catch (DataSyntaxException e) {
            throw new IOException(e);
        }
        send(client, "200 ok");
        return () -> new Socket(target.getAddress(), target.getPort());
    }

    private void sendFile(DataPort port) throws IOException {
        try (Socket data = port.connect()) {
            dataPeers.add((InetSocketAddress) data.getRemoteSocketAddress());
            data.getOutputStream().write(FILE.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static void send(Socket client, String line) throws IOException {
        client.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket client : clients) {
            client.close();
        }
    }
}
