package io.ftpalg.it;

import io.ftpalg.protocol.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A dnsmasq whose answers are valid for a second, with one name that can be moved to another address. Its test owns it. */
final class NameServer implements AutoCloseable {
    private final NativeServer server;
    private final Path hosts;
    private final String name;

    private NameServer(NativeServer server, Path hosts, String name) {
        this.server = server;
        this.hosts = hosts;
        this.name = name;
    }

    /** Starts it with this name, and with options for further records; without the program the test is skipped. */
    static NameServer start(String name, InetAddress address, List<String> records) throws IOException {
        Path program = Peers.require("dnsmasq");
        Path folder = Workspace.create("dnsmasq");
        Path hosts = Files.writeString(folder.resolve("hosts"), line(name, address));
        InetSocketAddress at = NativeServer.freePort(Loopback.SERVER);
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--keep-in-foreground",
                "--no-daemon",
                "--no-resolv",
                "--no-hosts",
                "--user=root",
                "--pid-file=",
                "--conf-file=/dev/null",
                "--bind-interfaces",
                "--listen-address=" + IpLiteral.format(at.getAddress()),
                "--port=" + at.getPort(),
                "--addn-hosts=" + hosts,
                "--local-ttl=1"));
        command.addAll(records);
        // It takes questions by TCP too, and greets nobody.
        return new NameServer(NativeServer.start(at, folder, command, "", true), hosts, name);
    }

    private static String line(String name, InetAddress address) {
        return IpLiteral.format(address) + ' ' + name + '\n';
    }

    /** Gives the name another address. */
    void move(InetAddress address) throws IOException {
        Files.writeString(hosts, line(name, address));
        server.hangUp();
    }

    /** Returns its address as a config has it. */
    String authority() {
        return Target.of(server).authority();
    }

    @Override
    public void close() {
        server.close();
    }
}
