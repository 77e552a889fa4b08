package io.ftpalg.server.warmup;

import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.DataSyntaxException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.net.ssl.SSLSocketFactory;

/**
 * Has whole sessions with the gateway, one after another: login, a passive data connection, a transfer, QUIT; in the clear or
 * under TLS. One thread.
 */
final class LoopbackClient {
    private static final int PATIENCE_MILLIS = 2000;
    private static final int UPLOAD_BYTES = 1024;

    private final InetSocketAddress gateway;
    private final Optional<SSLSocketFactory> tls;
    private long sessions;

    LoopbackClient(InetSocketAddress gateway, Optional<SSLSocketFactory> tls) {
        this.gateway = gateway;
        this.tls = tls;
    }

    /** Has one more session; fails if the gateway does not do its part. */
    void session() throws IOException {
        DataSyntax passive = sessions % 2 == 0 ? DataSyntax.PASV : DataSyntax.EPSV;
        String transfer = sessions % 4 == 3 ? "STOR file" : sessions % 8 == 5 ? "LIST" : "RETR file";
        try (Socket control = new Socket()) {
            control.setTcpNoDelay(true);
            control.setSoTimeout(PATIENCE_MILLIS);
            control.connect(gateway, PATIENCE_MILLIS);
            Dialogue dialogue = new Dialogue(control, tls);
            dialogue.begin();
            dialogue.run(passive, transfer);
        }
        sessions++;
    }

    private static final class Dialogue {
        private final Socket control;
        private final Optional<SSLSocketFactory> tls;
        private BufferedReader replies;
        private OutputStream commands;

        Dialogue(Socket control, Optional<SSLSocketFactory> tls) throws IOException {
            this.control = control;
            this.tls = tls;
            this.replies = reader(control);
            this.commands = control.getOutputStream();
        }

        private static BufferedReader reader(Socket socket) throws IOException {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        }

        void begin() throws IOException {
            String unused = reply("220");
            if (tls.isPresent()) {
                unused = command("AUTH TLS", "234");
                Socket secured = secured(control);
                replies = reader(secured);
                commands = secured.getOutputStream();
                unused = command("PBSZ 0", "200");
                unused = command("PROT P", "200");
            }
        }

        /** By the name of the control connection, whose TLS session the data connection resumes. */
        private Socket secured(Socket socket) throws IOException {
            return tls.isEmpty()
                    ? socket
                    : tls.get()
                            .createSocket(socket, control.getInetAddress().getHostAddress(), control.getPort(), true);
        }

        void run(DataSyntax passive, String transfer) throws IOException {
            String unused = command("USER warm-up", "331");
            unused = command("PASS warm-up", "230");
            unused = command("TYPE I", "200");
            String port = command(passive.verb().name(), String.valueOf(passive.positiveCode()));
            commands.write((transfer + "\r\n").getBytes(StandardCharsets.US_ASCII));
            try (Socket data = new Socket()) {
                data.setSoTimeout(PATIENCE_MILLIS);
                data.connect(address(passive, port), PATIENCE_MILLIS);
                unused = reply("150");
                move(data, transfer);
            }
            unused = reply("226");
            unused = command("QUIT", "221");
        }

        private void move(Socket data, String transfer) throws IOException {
            try (Socket secured = secured(data)) {
                if (transfer.startsWith("STOR")) {
                    secured.getOutputStream().write(new byte[UPLOAD_BYTES]);
                } else if (LoopbackSession.read(secured.getInputStream()) == 0) {
                    throw new IOException("no bytes for " + transfer);
                }
            }
        }

        private InetSocketAddress address(DataSyntax passive, String text) throws IOException {
            try {
                return passive.parse(text, control.getInetAddress());
            } catch (DataSyntaxException e) {
                throw new IOException("no data port in " + text, e);
            }
        }

        private String command(String line, String code) throws IOException {
            commands.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return reply(code);
        }

        /** Returns the text of a reply of one line. */
        private String reply(String code) throws IOException {
            String line = replies.readLine();
            if (line == null || !line.startsWith(code + " ")) {
                throw new IOException("expected " + code + ", not " + line);
            }
            return line.substring(code.length() + 1);
        }
    }
}
