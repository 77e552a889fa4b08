package io.ftpalg.it;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** The servers of a test class: each is started when first asked for, and all are stopped together. Thread-safe. */
final class Servers implements AutoCloseable {
    private final Map<Key, TestServer> running = new HashMap<>();

    private record Key(ServerKind kind, boolean ipv6, ServerSecurity security) {}

    TestServer get(ServerKind kind, boolean ipv6) {
        return get(kind, ipv6, ServerSecurity.NONE);
    }

    /** Returns a server over IPv4. */
    TestServer get(ServerKind kind, ServerSecurity security) {
        return get(kind, false, security);
    }

    private synchronized TestServer get(ServerKind kind, boolean ipv6, ServerSecurity security) {
        Key key = new Key(kind, ipv6, security);
        TestServer server = running.get(key);
        if (server == null) {
            InetAddress host = ipv6 ? Loopback.IPV6 : Loopback.SERVER;
            server = kind.start(host, security);
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
