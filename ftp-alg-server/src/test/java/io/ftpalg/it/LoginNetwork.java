package io.ftpalg.it;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.DataSyntax;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Two real servers, the users of a gateway in files, and the jar in front of them with several listeners. The test class
 * owns it.
 *
 * <p>In the text of a listener, {@code PURE} and {@code VSFTPD} stand for the servers, and {@code MANY} for limits that
 * tests do not run into. The users {@code fw}, {@code clerk} and {@code me@mail.example} are of htpasswd, {@code argon} is
 * not; {@code tester} has the same password here and at the server. The clerk is in the group {@code office}.
 */
final class LoginNetwork implements AutoCloseable {
    static final String USERS = "users-file: users, groups-file: groups";
    /** What is in the directory of the tests at each of the servers. */
    static final String AT_PURE = "at-pure";

    static final String AT_VSFTPD = "at-vsftpd";

    private static final Map<String, String> PASSWORDS =
            Map.of("fw", "fwpass", "clerk", "clerkpass", "me@mail.example", "mailpass", "tester", "secret");
    private static final String ARGON =
            "argon:$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$lJ6pwZt3QK6nTB9C5vedJH2MwanFyDte\n";
    private static final List<String> OTHER_PASSWORDS =
            List.of("wonder", "canwefixit", Slapd.SEARCHER_PASSWORD, "guessed");
    private static final String MANY = "sessions-per-address: 1000, new-sessions-per-second: 1000, login-delay: 1s";

    private final TestServer pure;
    private final TestServer vsftpd;
    private final List<String> names;
    private final ConfiguredJar jar;
    private final Path folder;

    /**
     * A listener of the gateway.
     *
     * @param name what {@link #at} knows it by
     * @param config what it says in the config file, but for its address
     */
    record Listener(String name, String config) {}

    private LoginNetwork(TestServer pure, TestServer vsftpd, List<String> names, ConfiguredJar jar, Path folder) {
        this.pure = pure;
        this.vsftpd = vsftpd;
        this.names = names;
        this.jar = jar;
        this.folder = folder;
    }

    static LoginNetwork start(InetSocketAddress pureAt, Listener... listeners) {
        Path htpasswd = Peers.require("htpasswd");
        Path folder = Workspace.create("login");
        List<TestServer> servers = new ArrayList<>();
        try {
            Files.writeString(folder.resolve("users"), ARGON);
            PASSWORDS.forEach(
                    (user, password) -> run(folder, htpasswd.toString(), "-bB", "-C", "5", "users", user, password));
            Files.writeString(folder.resolve("groups"), "office: clerk\n");
            Files.writeString(folder.resolve("server.password"), "secret\n");
            Files.writeString(folder.resolve("searcher.password"), Slapd.SEARCHER_PASSWORD + "\n");
            servers.add(PureFtpd.start(pureAt, ServerSecurity.NONE));
            servers.add(Vsftpd.start(Loopback.SERVER, ServerSecurity.NONE));
            Payload.file(servers.get(0).files().resolve(AT_PURE), 1);
            Payload.file(servers.get(1).files().resolve(AT_VSFTPD), 1);
            StringBuilder config = new StringBuilder("verbose: true\nlisteners:\n");
            for (Listener listener : listeners) {
                config.append("  - {bind: '127.0.0.1:0', %s}%n"
                        .formatted(listener.config()
                                .replace("PURE", Target.of(servers.get(0)).authority())
                                .replace("VSFTPD", Target.of(servers.get(1)).authority())
                                .replace("MANY", MANY)));
            }
            return new LoginNetwork(
                    servers.get(0),
                    servers.get(1),
                    Stream.of(listeners).map(Listener::name).toList(),
                    ConfiguredJar.start(folder, config.toString()),
                    folder);
        } catch (IOException e) {
            servers.forEach(TestServer::close);
            throw new UncheckedIOException(e);
        } catch (Throwable e) {
            servers.forEach(TestServer::close);
            throw e;
        }
    }

    private static void run(Path folder, String... command) {
        try (Program program = Program.start(folder, List.of(command), Map.of(), "")) {
            assertThat(program.await(Duration.ofSeconds(20)))
                    .as(program.output())
                    .isZero();
        }
    }

    /** Returns where this listener is. */
    InetSocketAddress at(String name) {
        return jar.addresses().get(names.indexOf(name));
    }

    /** Returns a client that has read the greeting of this listener. */
    RawFtp connect(String name) throws IOException {
        RawFtp ftp = RawFtp.connect(at(name));
        assertThat(ftp.read().code()).isEqualTo(220);
        return ftp;
    }

    TestServer pure() {
        return pure;
    }

    TestServer vsftpd() {
        return vsftpd;
    }

    ConfiguredJar jar() {
        return jar;
    }

    /** Checks that the client is logged in at the server that has this file. */
    static void assertIsAt(String file, RawFtp ftp) throws IOException {
        assertThat(new String(ftp.download(DataSyntax.PASV, "NLST " + TestServer.DIRECTORY), US_ASCII))
                .contains(file);
    }

    /** Checks that nobody learns a password from the log, and stops all. */
    @Override
    public void close() {
        try {
            assertThat(jar.log("")).isNotEmpty().noneMatch(line -> Stream.concat(
                            PASSWORDS.values().stream(), OTHER_PASSWORDS.stream())
                    .anyMatch(line::contains));
        } finally {
            jar.close();
            pure.close();
            vsftpd.close();
            Workspace.delete(folder);
        }
    }
}
