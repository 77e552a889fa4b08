package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * An FTP server of few words that does what no good one does: it shows any certificate, talks behind its 234, cuts data
 * connections and calls it complete. It keeps what it is told, and in which way. A thread for each session.
 */
final class OddServer implements TestServer {
    static final byte[] CONTENT = Payload.bytes(300_000);

    private final ServerSocket listener;
    private final Manners manners;
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final List<End> uploads = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    /** How a data connection ends. */
    enum End {
        /** With all that TLS wants, or a FIN where there is no TLS. */
        ORDERLY,
        /** With a FIN and no close_notify. */
        CUT,
        /** With a RST. */
        RESET
    }

    /** When a server accepts PBSZ and PROT. */
    enum Levels {
        /** At any time. */
        ALWAYS,
        /** When somebody is logged in; before that all but the login is 530. */
        AFTER_LOGIN,
        /** Never, as a server of before RFC 2228. */
        UNKNOWN
    }

    /**
     * How it behaves.
     *
     * @param context shows its certificate; refuses AUTH without
     * @param implicit whether TLS begins with the connection
     * @param behindAuth what follows its answer to AUTH in the same segment
     * @param downloads how it ends what it sends
     * @param levels when it accepts PBSZ and PROT
     */
    record Manners(
            SSLContext context,
            boolean implicit,
            boolean refusesAuth,
            String behindAuth,
            End downloads,
            Levels levels) {

        static Manners good(TlsMaterial material, TlsMaterial.Identity identity) {
            return new Manners(material.context(identity), false, false, "", End.ORDERLY, Levels.ALWAYS);
        }

        Manners refusingAuth() {
            return new Manners(context, implicit, true, behindAuth, downloads, levels);
        }

        Manners sayingBehindAuth(String text) {
            return new Manners(context, implicit, refusesAuth, text, downloads, levels);
        }

        Manners endingDownloads(End end) {
            return new Manners(context, implicit, refusesAuth, behindAuth, end, levels);
        }

        Manners implicitly() {
            return new Manners(context, true, refusesAuth, behindAuth, downloads, levels);
        }

        Manners acceptingLevels(Levels when) {
            return new Manners(context, implicit, refusesAuth, behindAuth, downloads, when);
        }
    }

    private OddServer(ServerSocket listener, Manners manners) {
        this.listener = listener;
        this.manners = manners;
    }

    static OddServer start(Manners manners) {
        try {
            OddServer server = new OddServer(new ServerSocket(0, 50, Loopback.SERVER), manners);
            daemon(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "odd-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = listener.accept();
                sockets.add(socket);
                daemon(() -> new Session(socket).run());
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    /** Returns the lines that it was told, each behind "clear" or "tls", in order. */
    List<String> received() {
        return received;
    }

    /** Returns how the uploads ended. */
    List<End> uploads() {
        return uploads;
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(Loopback.SERVER, listener.getLocalPort());
    }

    @Override
    public Path files() {
        throw new UnsupportedOperationException("it has none");
    }

    @Override
    public String user() {
        return "tester";
    }

    @Override
    public String password() {
        return "secret";
    }

    @Override
    public String log() {
        return String.join("\n", received);
    }

    @Override
    public void close() {
        List<AutoCloseable> all = new ArrayList<>(sockets);
        all.add(listener);
        for (AutoCloseable open : all) {
            try {
                open.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final class Session {
        private final Socket plain;
        private Socket control;
        private boolean protect;
        private boolean loggedIn;

        Session(Socket plain) {
            this.plain = plain;
            this.control = plain;
        }

        void run() {
            try (plain;
                    ServerSocket passive = new ServerSocket(0, 1, Loopback.SERVER)) {
                if (manners.implicit()) {
                    control = secure(plain);
                }
                say("220 odd");
                for (String line = line(); !line.isEmpty(); line = line()) {
                    received.add((control == plain ? "clear " : "tls ") + line);
                    answer(line.split(" ", 2)[0], line, passive);
                }
            } catch (IOException e) {
                received.add("end " + e);
            }
        }

        private void answer(String verb, String line, ServerSocket passive) throws IOException {
            switch (verb) {
                case "AUTH" -> auth();
                case "USER" -> say("331 password");
                case "PASS" -> {
                    loggedIn = true;
                    say("230 in");
                }
                case "CWD" -> say("250 done");
                case "PBSZ", "PROT" -> level(line);
                case "TYPE", "NOOP" -> say("200 done");
                case "EPSV" -> say("229 here (|||" + passive.getLocalPort() + "|)");
                case "PASV" ->
                    say("227 Entering Passive Mode (127,0,0,2," + passive.getLocalPort() / 256 + ','
                            + passive.getLocalPort() % 256 + ')');
                case "RETR" -> send(passive);
                case "STOR" -> take(passive);
                case "QUIT" -> say("221 bye");
                default -> say("502 what?");
            }
        }

        private void level(String line) throws IOException {
            if (manners.levels() == Levels.UNKNOWN) {
                say("500 what?");
            } else if (manners.levels() == Levels.AFTER_LOGIN && !loggedIn) {
                say("530 log in");
            } else {
                protect |= line.equals("PROT P");
                protect &= !line.equals("PROT C");
                say("200 done");
            }
        }

        private void auth() throws IOException {
            if (manners.refusesAuth()) {
                say("502 no");
                return;
            }
            say("234 go on\r\n" + manners.behindAuth(), "");
            control = secure(plain);
        }

        private void send(ServerSocket passive) throws IOException {
            Socket socket = passive.accept();
            say("150 here it comes");
            Socket data = protect ? secure(socket) : socket;
            data.getOutputStream().write(CONTENT);
            if (manners.downloads() == End.RESET) {
                socket.setSoLinger(true, 0);
            }
            (manners.downloads() == End.ORDERLY ? data : socket).close();
            say("226 all of it");
        }

        private void take(ServerSocket passive) throws IOException {
            try (Socket socket = passive.accept()) {
                say("150 go on");
                End end = end(socket);
                uploads.add(end);
                say(end == End.ORDERLY ? "226 got it" : "426 that was not all");
            }
        }

        private End end(Socket socket) throws IOException {
            try {
                InputStream in = (protect ? secure(socket) : socket).getInputStream();
                in.transferTo(OutputStream.nullOutputStream());
                return End.ORDERLY;
            } catch (SSLException | EOFException e) {
                return e.getCause() instanceof EOFException || e instanceof EOFException ? End.CUT : End.RESET;
            } catch (IOException e) {
                return End.RESET;
            }
        }

        private SSLSocket secure(Socket socket) throws IOException {
            SSLSocket secure =
                    (SSLSocket) manners.context().getSocketFactory().createSocket(socket, (InputStream) null, true);
            secure.setUseClientMode(false);
            secure.startHandshake();
            return secure;
        }

        private void say(String line) throws IOException {
            say(line, "\r\n");
        }

        private void say(String line, String end) throws IOException {
            control.getOutputStream().write((line + end).getBytes(ISO_8859_1));
        }

        /** Returns a line; an empty one at the end. It reads no byte that may belong to a handshake. */
        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int b = control.getInputStream().read();
                    b >= 0 && b != '\n';
                    b = control.getInputStream().read()) {
                if (b != '\r') {
                    line.write(b);
                }
            }
            return line.toString(ISO_8859_1);
        }
    }
}
