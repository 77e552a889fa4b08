package io.ftpalg.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Real servers of one account that can be told apart, killed and started again, and the jar in front of them. Its test owns
 * it. Not thread-safe but for {@link #login} and {@link #serverOf}, while no server is added.
 *
 * <p>In the text of a config {@code <name>} stands for the address of a server.
 */
final class Fleet implements AutoCloseable {
    static final int LARGE = 8 << 20;
    /** A file of that size, at each of the servers. */
    static final String LARGE_FILE = "large";

    /** A file that no buffers hold: whoever does not read it is in the midst of it. */
    static final String HUGE_FILE = "huge";

    private static final long HUGE = 1L << 30;

    private final Path folder = Workspace.create("fleet");
    private final Map<String, InetSocketAddress> addresses = new LinkedHashMap<>();
    private final Map<String, NativeServer> running = new LinkedHashMap<>();
    private Optional<ConfiguredJar> jar = Optional.empty();

    /** Starts servers of these names, each on a port of its own. */
    static Fleet of(String... names) {
        Fleet fleet = new Fleet();
        try {
            for (String name : names) {
                fleet.start(name, NativeServer.freePort(Loopback.SERVER));
            }
        } catch (Throwable e) {
            fleet.close();
            throw e;
        }
        return fleet;
    }

    /** Gives a server that is not there an address, on which nobody listens. */
    void reserve(String name) {
        know(name, NativeServer.freePort(Loopback.SERVER));
    }

    /** Gives an address that is not this fleet's a name. */
    void know(String name, InetSocketAddress address) {
        addresses.put(name, address);
    }

    /** Starts a server at this address. */
    void start(String name, InetSocketAddress address) {
        NativeServer server = PureFtpd.start(address, ServerSecurity.NONE);
        addresses.put(name, address);
        running.put(name, server);
        Payload.file(server.files().resolve(marker(name)), 1);
        Payload.file(server.files().resolve(LARGE_FILE), LARGE);
        Payload.sparse(server.files().resolve(HUGE_FILE), HUGE);
    }

    /** Starts a server that was killed, or only has an address, where it is known to be. */
    void start(String name) {
        start(name, address(name));
    }

    /** Ends a server and all its sessions as a crash does. */
    void kill(String name) {
        try (NativeServer server = Objects.requireNonNull(running.remove(name))) {
            server.kill();
        }
    }

    InetSocketAddress address(String name) {
        return Objects.requireNonNull(addresses.get(name));
    }

    /** Returns the address of a server as a config or a line of the log has it. */
    String authority(String name) {
        InetSocketAddress address = address(name);
        return IpLiteral.format(address.getAddress()) + ':' + address.getPort();
    }

    /** Starts the jar with this config, once. */
    ConfiguredJar front(String config) throws IOException {
        String text = config;
        for (String name : addresses.keySet()) {
            text = text.replace('<' + name + '>', '\'' + authority(name) + '\'');
        }
        ConfiguredJar started = ConfiguredJar.start(folder, text);
        jar = Optional.of(started);
        return started;
    }

    /** Returns the jar that {@link #front} started. */
    ConfiguredJar jar() {
        return jar.orElseThrow();
    }

    /** Writes a file that the config names, or a new version of it. */
    Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    /** Returns a client that is logged in at one of the servers, in the directory of the tests. */
    static RawFtp login(InetSocketAddress gateway) throws IOException {
        return login(gateway, Loopback.CLIENT);
    }

    /** Returns such a client that connects from this address. */
    static RawFtp login(InetSocketAddress gateway, InetAddress from) throws IOException {
        RawFtp client = RawFtp.connect(gateway, from);
        RawFtp.Reply greeting = client.read();
        assertThat(greeting.code()).as(greeting.text()).isEqualTo(220);
        logIn(client, "tester");
        return client;
    }

    /** Logs in a client that was greeted, and goes to the directory of the tests. */
    static void logIn(RawFtp client, String user) throws IOException {
        assertThat(client.ask("USER " + user).code()).isEqualTo(331);
        assertThat(client.ask("PASS secret").code()).isEqualTo(230);
        assertThat(client.ask("TYPE I").code()).isEqualTo(200);
        assertThat(client.ask("CWD " + TestServer.DIRECTORY).code()).isEqualTo(250);
    }

    /** Returns the name of the server at which this client is, in the directory of the tests. */
    String serverOf(RawFtp client) throws IOException {
        for (String name : addresses.keySet()) {
            if (client.ask("SIZE " + marker(name)).code() == 213) {
                return name;
            }
        }
        throw new AssertionError("at none of " + addresses.keySet());
    }

    /** Returns the name of the server that a new client comes to. */
    String serverOfNewClient(InetSocketAddress gateway) throws IOException {
        try (RawFtp client = login(gateway)) {
            String name = serverOf(client);
            assertThat(client.ask("QUIT").code()).isEqualTo(221);
            return name;
        }
    }

    private static String marker(String name) {
        return "at-" + name;
    }

    @Override
    public void close() {
        jar.ifPresent(ConfiguredJar::close);
        running.values().forEach(NativeServer::close);
        Workspace.delete(folder);
    }
}
