package io.ftpalg.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.EmbeddedServer;
import io.ftpalg.FtpAlg;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.HostPort;
import io.ftpalg.protocol.Secret;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.net.ftp.FTPClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs each example against a real server, and compares docs/embedding.md with their code. */
@Timeout(60)
class ExamplesTest {
    private static final InetSocketAddress ANY_PORT = new InetSocketAddress("127.0.0.1", 0);
    private static final byte[] FILE = "as it was".getBytes(StandardCharsets.US_ASCII);
    private static final Path EXAMPLES = Path.of("src", "test", "java", "io", "ftpalg", "examples");
    private static final Path CHAPTER = Path.of("..", "docs", "embedding.md");

    @TempDir
    Path folder;

    private EmbeddedServer server;
    private HostPort address;

    @BeforeEach
    void startServer() throws Exception {
        server = EmbeddedServer.start(folder);
        address = new HostPort("127.0.0.1", server.port());
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private static FtpAlg started(FtpAlg gateway) throws Exception {
        return gateway.start().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static FTPClient connected(FtpAlg gateway) throws IOException {
        FTPClient client = new FTPClient();
        InetSocketAddress at = gateway.boundAddresses().get(0);
        client.connect(at.getAddress(), at.getPort());
        client.setSoTimeout(10_000);
        client.enterLocalPassiveMode();
        return client;
    }

    @Test
    void reverseProxyTransfersAndDeletesNothing() throws Exception {
        try (FtpAlg gateway = started(ReverseProxy.gateway(ANY_PORT, address))) {
            FTPClient client = connected(gateway);
            assertThat(client.login("tester", "secret")).isTrue();

            assertThat(client.storeFile("file", new ByteArrayInputStream(FILE))).isTrue();
            ByteArrayOutputStream back = new ByteArrayOutputStream();
            assertThat(client.retrieveFile("file", back)).isTrue();
            assertThat(client.deleteFile("file")).isFalse();

            assertThat(back.toByteArray()).isEqualTo(FILE);
            assertThat(folder.resolve("file")).exists();
            client.disconnect();
        }
    }

    @Test
    void forwardProxyKnowsItsUsers() throws Exception {
        String rule = "127.0.0.1/32:" + server.port();
        String host = "@127.0.0.1:" + server.port();
        try (FtpAlg gateway = started(ForwardProxy.gateway(ANY_PORT, rule, Map.of("fw", Secret.of("fwpass"))))) {
            FTPClient client = connected(gateway);
            assertThat(client.login("tester@fw" + host, "secret@fwpass")).isTrue();
            client.disconnect();

            FTPClient wrong = connected(gateway);
            assertThat(wrong.login("tester@fw" + host, "secret@other")).isFalse();
            wrong.disconnect();
        }
    }

    @Test
    void filterLetsOnlySomeUsersWrite() throws Exception {
        try (FtpAlg gateway = started(FilterByUser.gateway(ANY_PORT, address, Set.of("tester")));
                FtpAlg other = started(FilterByUser.gateway(ANY_PORT, address, Set.of("joe")))) {
            FTPClient client = connected(gateway);
            assertThat(client.login("tester", "secret")).isTrue();
            assertThat(client.makeDirectory("new")).isTrue();
            client.disconnect();

            FTPClient reader = connected(other);
            assertThat(reader.login("tester", "secret")).isTrue();
            assertThat(reader.makeDirectory("never")).isFalse();
            assertThat(reader.getReplyCode()).isEqualTo(550);
            reader.disconnect();
        }
        assertThat(folder.resolve("new")).exists();
        assertThat(folder.resolve("never")).doesNotExist();
    }

    @Test
    void ownServerHandsConnectionsOver() throws Exception {
        try (AcceptOwnChannel example = new AcceptOwnChannel(ANY_PORT, address);
                Socket client = new Socket(
                        example.address().getAddress(), example.address().getPort())) {
            client.setSoTimeout(10_000);
            client.getOutputStream()
                    .write("CLIENT 192.0.2.7 4711\nUSER tester\r\nPASS secret\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader replies =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));

            assertThat(List.of(replies.readLine(), replies.readLine(), replies.readLine()))
                    .extracting(line -> line.substring(0, 3))
                    .containsExactly("220", "331", "230");
        }
    }

    @Test
    void ownServerClosesWhatBeginsInAnotherWay() throws Exception {
        try (AcceptOwnChannel example = new AcceptOwnChannel(ANY_PORT, address);
                Socket client = new Socket(
                        example.address().getAddress(), example.address().getPort())) {
            client.setSoTimeout(10_000);
            client.getOutputStream().write("USER tester\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(client.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void codecServesAndAsks() throws Exception {
        try (CodecAlone example = new CodecAlone()) {
            assertThat(example.ask(List.of(FtpCommand.of("NOOP", ""), FtpCommand.of("CWD", "/pub"))))
                    .containsExactly(FtpReply.of(200, "NOOP received."), FtpReply.of(200, "CWD received."));
        }
        CodecAlone.main(new String[0]);
    }

    // ---- docs

    @Test
    void chapterQuotesTheExamples() throws IOException {
        List<String> quoted = new ArrayList<>();
        Matcher block = Pattern.compile("<!-- (\\w+): ([\\w]+) -->\n```java\n(.*?)```\n", Pattern.DOTALL)
                .matcher(Files.readString(CHAPTER));
        while (block.find()) {
            quoted.add(block.group(1));
            assertThat(block.group(3))
                    .as(block.group(1) + " " + block.group(2))
                    .isEqualTo(snippet(block.group(1), block.group(2)));
        }

        assertThat(Pattern.compile("```java").matcher(Files.readString(CHAPTER)).results())
                .as("each block is quoted from an example")
                .hasSameSizeAs(quoted);
        assertThat(new TreeSet<>(quoted)).as("each example is quoted").isEqualTo(examples());
    }

    private static Set<String> examples() throws IOException {
        try (Stream<Path> files = Files.list(EXAMPLES)) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
                    .filter(name -> !name.endsWith("Test") && !name.equals("package-info"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** Returns the lines between the marks, without their indentation. */
    private static String snippet(String example, String name) throws IOException {
        String source = Files.readString(EXAMPLES.resolve(example + ".java"));
        String from = "// snippet: " + name + "\n";
        assertThat(source).contains(from);
        int begin = source.indexOf(from) + from.length();
        return source.substring(begin, source.indexOf("// end\n", begin))
                        .stripTrailing()
                        .stripIndent() + "\n";
    }
}
