package io.ftpalg.it;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** The servers of a test class: each is started when first asked for, and all are stopped together. Thread-safe. */
final class Servers implements AutoCloseable {
    private final Map<Key, TestServer> running = new HashMap<>();

    private record Key(ServerKind kind, boolean ipv6) {
    }

    synchronized TestServer get(ServerKind kind, boolean ipv6) {
        Key key = new Key(kind, ipv6);
        TestServer server = running.get(key);
        if (server == null) {
            InetAddress host = ipv6 ? Loopback.IPV6 : Loopback.SERVER;
            server = kind.start(host);
            running.put(key, server);
        }
        return server;
    }

    @Override
    public synchronized void close() {
        running.values().forEach(TestServer::close);
        running.clear();
    }
}
