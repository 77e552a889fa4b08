package io.ftpalg.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.json.JsonReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a process: what it prints, and how it ends. */
@Timeout(120)
class JarIT {
    private static final Path JAR = Path.of(Objects.requireNonNull(System.getProperty("ftpalg.jar")));
    private static final Pattern READY =
            Pattern.compile("ftp-alg \\S+ ready: 127\\.0\\.0\\.1:([0-9]+) -> 127\\.0\\.0\\.1:[0-9]+ \\(reverse\\),"
                    + " passive ports any, (epoll|kqueue|nio)");

    @TempDir
    private Path temp = Path.of(".");

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void saysReadyServesAndExits0AtSigterm() throws Exception {
        try (ServerSocket upstream = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Process process = start("--listen", "127.0.0.1:0", "--upstream", "127.0.0.1:" + upstream.getLocalPort());
            BufferedReader out = process.inputReader(US_ASCII);
            String ready = out.readLine();
            assertThat(ready).matches(READY);
            try (Talk talk = greeted(ready, upstream)) {
                // Not Process.destroy, which closes the streams too.
                process.toHandle().destroy();

                assertThat(talk.replies.readLine()).startsWith("421 ");
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(process.exitValue()).isZero();
            assertThat(out.readLine()).as("nothing but the ready line").isNull();
            assertThat(process.errorReader(US_ASCII).lines().toList())
                    .filteredOn(line -> line.contains("INFO  [1] session"))
                    .hasSize(2)
                    .last()
                    .asString()
                    .contains("session closed cause=SHUTDOWN");
        }
    }

    /** A runtime made by jlink lacks some providers of its list: looking for one of them, the JDK loads all that a class path names. */
    @Test
    void namesNoSecurityProviders() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getEntry("org/bouncycastle/crypto/generators/OpenBSDBCrypt.class"))
                    .isNotNull();
            assertThat(jar.getEntry("META-INF/services/java.security.Provider")).isNull();
        }
    }

    @Test
    void exits1WithOneLineIfThePortIsInUse() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            Process process = start("--listen", address, "--upstream", "127.0.0.1:21");

            assertThat(process.waitFor()).isEqualTo(1);
            assertThat(process.inputReader(US_ASCII).lines()).isEmpty();
            assertThat(process.errorReader(US_ASCII).lines().toList())
                    .singleElement()
                    .asString()
                    .startsWith("ftp-alg: " + address + ": ")
                    .contains("in use");
        }
    }

    @Test
    void exits2WithOneLineIfAnOptionIsWrong() throws Exception {
        Process process = start("--upstream", "a:b:c:d");

        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(process.inputReader(US_ASCII).lines()).isEmpty();
        assertThat(process.errorReader(US_ASCII).lines())
                .containsExactly("ftp-alg: --upstream 'a:b:c:d': expected HOST[:PORT] or [IPV6][:PORT] (try --help)");
    }

    @Test
    void warnsThatAForwardGatewayWithoutTargetsIsClosed() throws Exception {
        Process process = start("--listen", "127.0.0.1:0", "--forward");

        assertThat(process.inputReader(US_ASCII).readLine()).contains("-> user@host (forward, 0 target rules)");
        assertThat(process.errorReader(US_ASCII).readLine())
                .contains("WARN")
                .endsWith("--forward without --allow-target: every login is refused");
    }

    /** What direct memory there is suffices for the start, and not for what two event loops read into. */
    @Test
    void exits3WithALineWhenAnEventLoopRunsOutOfMemory() throws Exception {
        try (ServerSocket upstream = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Process process = start(
                    List.of("-XX:ActiveProcessorCount=2", "-XX:MaxDirectMemorySize=180k"),
                    "--listen",
                    "127.0.0.1:0",
                    "--upstream",
                    "127.0.0.1:" + upstream.getLocalPort());
            String ready = process.inputReader(US_ASCII).readLine();
            assertThat(ready).matches(READY);

            List<Socket> clients = connectUntilTheEndOf(process, ready);

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            for (Socket client : clients) {
                client.close();
            }
            assertThat(process.exitValue()).isEqualTo(3);
            assertThat(process.errorReader(US_ASCII).lines().toList())
                    .filteredOn(line -> line.startsWith("ftp-alg: "))
                    .containsExactly("ftp-alg: out of memory or failed JVM: exiting with code 3"
                            + " (raise -Xmx, or lower the limits of sessions)");
        }
    }

    private static List<Socket> connectUntilTheEndOf(Process process, String ready) {
        List<Socket> clients = new ArrayList<>();
        try {
            while (process.isAlive() && clients.size() < 100) {
                Socket client = connect(ready);
                clients.add(client);
                client.getOutputStream().write("NOOP\r\n".getBytes(US_ASCII));
            }
        } catch (IOException e) {
            // It has just ended.
        }
        return clients;
    }

    @Test
    void helpAndVersionExit0() throws Exception {
        Process help = start("--help");
        assertThat(help.inputReader(US_ASCII).readLine()).startsWith("Usage: ftp-alg ");
        Process version = start("--version");
        assertThat(version.inputReader(US_ASCII).readLine()).startsWith("ftp-alg ");

        assertThat(version.waitFor()).isZero();
    }

    @Test
    void demoExits0AndLeavesNothingBehind() throws Exception {
        Process process = start("demo", "--size", "2");

        String out = process.inputReader(US_ASCII).lines().reduce("", (all, line) -> all + line + "\n");

        assertThat(process.errorReader(US_ASCII).lines()).isEmpty();
        assertThat(process.waitFor()).isZero();
        assertThat(out).contains("All 8 copies are intact");
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void demoUnderTlsExits0AndLeavesNothingBehind() throws Exception {
        Process process = start("demo", "--tls", "--size", "1");

        String out = process.inputReader(US_ASCII).lines().reduce("", (all, line) -> all + line + "\n");

        assertThat(process.errorReader(US_ASCII).lines()).isEmpty();
        assertThat(process.waitFor()).isZero();
        assertThat(out).contains("All 8 copies are intact", "Control connections: client TLSv1.");
        assertThat(temp).isEmptyDirectory();
    }

    @Test
    void demoWithKeepStaysUpUntilItIsTold() throws Exception {
        Process process = start("demo", "--size", "1", "--keep");
        BufferedReader out = process.inputReader(US_ASCII);
        String curl = out.lines()
                .filter(line -> line.contains("curl ftp://"))
                .findFirst()
                .orElseThrow();
        Matcher address = Pattern.compile("@([0-9.]+):([0-9]+)/").matcher(curl);
        assertThat(address.find()).isTrue();
        try (Socket client = new Socket(address.group(1), Integer.parseInt(address.group(2)))) {
            assertThat(new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII)).readLine())
                    .startsWith("220");
        }

        process.toHandle().destroy();

        assertThat(process.waitFor()).isZero();
        assertThat(temp).isEmptyDirectory();
    }

    /** Each line of the log is one JSON object, text of peers included. */
    @Test
    void logsJsonWithTheOtherFileOfLogback() throws Exception {
        try (ServerSocket upstream = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Process process = start(
                    List.of("-Dlogback.configurationFile=logback-json.xml"),
                    "--listen",
                    "127.0.0.1:0",
                    "--upstream",
                    "127.0.0.1:" + upstream.getLocalPort());
            String ready = process.inputReader(US_ASCII).readLine();
            try (Talk talk = greeted(ready, upstream)) {
                talk.client.getOutputStream().write("USER a\"b\\c{\r\n".getBytes(US_ASCII));
                assertThat(new BufferedReader(new InputStreamReader(talk.server.getInputStream(), US_ASCII)).readLine())
                        .startsWith("USER ");
                talk.server.getOutputStream().write("230 in\r\n".getBytes(US_ASCII));
                assertThat(talk.replies.readLine()).startsWith("230");

                process.toHandle().destroy();

                assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            }
            List<Map<String, Object>> events = process.errorReader(US_ASCII)
                    .lines()
                    .map(JsonReader::object)
                    .toList();
            assertThat(events)
                    .allSatisfy(event -> {
                        Set<String> keys = new TreeSet<>(Set.of(
                                "timestamp", "level", "threadName", "loggerName", "formattedMessage", "throwable"));
                        if (String.valueOf(event.get("formattedMessage")).startsWith("[")) {
                            keys.add("session");
                        }
                        assertThat(event).containsOnlyKeys(keys);
                    })
                    .filteredOn(event ->
                            event.get("formattedMessage") instanceof String text && text.contains("session closed"))
                    .singleElement()
                    .satisfies(event -> assertThat(event)
                            .containsEntry("level", "INFO")
                            .extractingByKey("formattedMessage")
                            .asString()
                            .startsWith("[1] session closed cause=SHUTDOWN")
                            .contains("user=\"a\\\"b\\\\c{\""));
        }
    }

    @Test
    void manifestSaysWhatTheJvmMustKnow() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.getManifest().getMainAttributes())
                    .extractingByKeys(
                            new java.util.jar.Attributes.Name("Main-Class"),
                            new java.util.jar.Attributes.Name("Multi-Release"),
                            new java.util.jar.Attributes.Name("Enable-Native-Access"))
                    .containsExactly("io.ftpalg.server.Main", "true", "ALL-UNNAMED");
            assertThat(jar.stream().map(entry -> entry.getName()))
                    .doesNotHaveDuplicates()
                    .contains(
                            "META-INF/LICENSE",
                            "META-INF/NOTICE",
                            "META-INF/native/libnetty_transport_native_epoll_x86_64.so",
                            "META-INF/native/libnetty_transport_native_epoll_aarch_64.so",
                            "META-INF/native/libnetty_tcnative_linux_x86_64.so",
                            "META-INF/native/libnetty_tcnative_linux_aarch_64.so",
                            "com/sun/jna/linux-x86-64/libjnidispatch.so",
                            "com/sun/jna/linux-aarch64/libjnidispatch.so")
                    .noneMatch(name ->
                            name.endsWith("module-info.class") || name.endsWith(".SF") || name.endsWith(".dll"));
        }
    }

    /** A client and its server, on both sides of a gateway. */
    private record Talk(Socket client, BufferedReader replies, Socket server) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
            server.close();
        }
    }

    private static Talk greeted(String ready, ServerSocket upstream) throws IOException {
        Socket client = connect(ready);
        BufferedReader replies = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
        Socket server = upstream.accept();
        server.getOutputStream().write("220 It is me.\r\n".getBytes(US_ASCII));
        assertThat(replies.readLine()).startsWith("220");
        return new Talk(client, replies, server);
    }

    private static Socket connect(String ready) throws IOException {
        Matcher matcher = READY.matcher(ready);
        assertThat(matcher.matches()).isTrue();
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(matcher.group(1))), 5000);
        return socket;
    }

    private Process start(String... args) throws IOException {
        return start(List.of(), args);
    }

    private Process start(List<String> jvm, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-Djava.io.tmpdir=" + temp));
        command.addAll(jvm);
        command.addAll(List.of("-jar", JAR.toString()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }
}
