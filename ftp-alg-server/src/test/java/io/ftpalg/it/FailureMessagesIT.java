package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an operator reads in the log of the jar, as it is by default, when a server or what is before it fails. */
@Timeout(60)
class FailureMessagesIT {
    private static final Pattern STAMP = Pattern.compile("^\\S+ ");

    @TempDir
    private Path temp = Path.of(".");

    @Test
    void aServerThatIsDown() throws Exception {
        InetSocketAddress nobody = nobody();
        try (ConfiguredJar jar = jar("\"" + text(nobody) + "\"");
                RawFtp ftp = RawFtp.connect(jar.addresses().get(0))) {
            assertThat(ftp.read())
                    .isEqualTo(new RawFtp.Reply(421, "421 The server is not available, try again later."));

            assertThat(line(jar, "session closed"))
                    .matches("INFO  \\[1] session closed cause=SERVER_UNREACHABLE client=\\S+"
                            + " user=- server=- commands=0 transfers=0 to_client=0 to_server=0 seconds=\\S+"
                            + " detail=\"" + text(nobody) + ": connection refused\"");
        }
    }

    @Test
    void allServersThatAreDown() throws Exception {
        InetSocketAddress one = nobody();
        InetSocketAddress other = nobody();
        try (ConfiguredJar jar = jar("[\"" + text(one) + "\", \"" + text(other) + "\"]\n  balance: first");
                RawFtp ftp = RawFtp.connect(jar.addresses().get(0))) {
            assertThat(ftp.read().code()).isEqualTo(421);

            assertThat(line(jar, "session closed"))
                    .endsWith(" detail=\"" + text(one) + ": connection refused; " + text(other)
                            + ": connection refused\"");
        }
    }

    @Test
    void aDataPortThatTheServerNamesAndNobodyListensOn() throws Exception {
        InetSocketAddress nobody = nobody();
        try (Scripted server = new Scripted("227 ok (127,0,0,2," + numbers(nobody) + ")");
                ConfiguredJar jar = jar("\"" + text(server.address()) + "\"");
                RawFtp ftp = login(jar)) {
            assertThat(ftp.ask("PASV").text()).isEqualTo("425 Can't open data connection.");

            assertThat(line(jar, "data connection failed"))
                    .isEqualTo("WARN  [1] data connection failed side=SERVER verb=PASV"
                            + " cause=NOT_ACCEPTED local=127.0.0.1 remote=" + text(nobody)
                            + " detail=\"connection refused\""
                            + " remedy=\"open the server's data ports in the firewall\"");
        }
    }

    @Test
    void a227ThatNamesAnotherHost() throws Exception {
        InetSocketAddress nobody = nobody();
        try (Scripted server = new Scripted("227 ok (10,9,8,7," + numbers(nobody) + ")");
                ConfiguredJar jar = jar("\"" + text(server.address()) + "\"");
                RawFtp ftp = login(jar)) {
            assertThat(ftp.ask("PASV").code()).isEqualTo(425);

            assertThat(line(jar, "data connection failed"))
                    .isEqualTo(
                            "WARN  [1] data connection failed side=SERVER verb=PASV"
                                    + " cause=NOT_ACCEPTED local=127.0.0.1 remote=" + text(nobody)
                                    + " detail=\"connection refused\""
                                    + " remedy=\"the 227 named 10.9.8.7: set --pasv-address 10.9.8.7/32, if its data ports are there\"");
        }
    }

    @Test
    void a227ThatNamesAnotherHostWhereItMustMatch() throws Exception {
        try (Scripted server = new Scripted("227 ok (10,9,8,7,200,10)");
                ConfiguredJar jar = jar("\"" + text(server.address()) + "\"\n  pasv-address: match");
                RawFtp ftp = login(jar)) {
            assertThat(ftp.ask("PASV").code()).isEqualTo(425);

            assertThat(line(jar, "peer rejected"))
                    .isEqualTo("WARN  [1] peer rejected reason=BAD_PASSIVE_REPLY side=SERVER peer="
                            + text(server.address()) + " named=10.9.8.7:51210"
                            + " remedy=\"set --pasv-address 10.9.8.7/32, if its data ports are there\"");
        }
    }

    @Test
    void aServerWithoutTheTlsThatItMustHave() throws Exception {
        try (Scripted server = new Scripted("");
                ConfiguredJar jar = jar("\"ftpes://" + text(server.address()) + "\"");
                RawFtp ftp = RawFtp.connect(jar.addresses().get(0))) {
            assertThat(ftp.read().text()).isEqualTo("421 TLS with the server failed.");

            assertThat(line(jar, "tls failed"))
                    .isEqualTo("WARN  [1] tls failed side=SERVER connection=control peer="
                            + text(server.address()) + " cause=REFUSED detail=\"the server replied 502 to AUTH\""
                            + " remedy=\"set --upstream-tls auto, if the server has no TLS, or --upstream-data-tls clear,"
                            + " if it has none for data\"");
        }
    }

    /** Starts the jar in front of these servers; what follows them belongs to the same listener. */
    private ConfiguredJar jar(String upstream) throws IOException {
        return ConfiguredJar.start(temp, "listeners:\n- bind: \"127.0.0.1:0\"\n  upstream: " + upstream + "\n");
    }

    private static RawFtp login(ConfiguredJar jar) throws IOException {
        RawFtp ftp = RawFtp.connect(jar.addresses().get(0));
        assertThat(ftp.read().code()).isEqualTo(220);
        assertThat(ftp.ask("USER joe").code()).isEqualTo(331);
        assertThat(ftp.ask("PASS secret").code()).isEqualTo(230);
        return ftp;
    }

    private static String line(ConfiguredJar jar, String text) {
        return STAMP.matcher(jar.awaitLog(text, 1)).replaceFirst("");
    }

    private static InetSocketAddress nobody() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, Loopback.SERVER)) {
            return (InetSocketAddress) gone.getLocalSocketAddress();
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ':' + address.getPort();
    }

    private static String numbers(InetSocketAddress address) {
        return address.getPort() / 256 + "," + address.getPort() % 256;
    }

    /** A server that logs anybody in and has one answer to PASV. A thread for each session. */
    private static final class Scripted implements AutoCloseable {
        private final ServerSocket listener = new ServerSocket(0, 5, Loopback.SERVER);
        private final Map<String, String> replies;

        Scripted(String passive) throws IOException {
            replies = Map.of("USER", "331 password", "PASS", "230 in", "PASV", passive);
            Thread accepting = new Thread(this::accept, "scripted");
            accepting.setDaemon(true);
            accepting.start();
        }

        InetSocketAddress address() {
            return (InetSocketAddress) listener.getLocalSocketAddress();
        }

        private void accept() {
            try {
                while (true) {
                    Socket socket = listener.accept();
                    Thread serving = new Thread(() -> serve(socket), "scripted session");
                    serving.setDaemon(true);
                    serving.start();
                }
            } catch (IOException e) {
                // It was closed.
            }
        }

        private void serve(Socket socket) {
            try (socket;
                    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
                say(socket, "220 scripted");
                for (String line = in.readLine(); line != null; line = in.readLine()) {
                    say(socket, replies.getOrDefault(line.split(" ", 2)[0], "502 no"));
                }
            } catch (IOException e) {
                // The gateway has closed it.
            }
        }

        private static void say(Socket socket, String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
        }

        @Override
        public void close() throws IOException {
            listener.close();
        }
    }
}
