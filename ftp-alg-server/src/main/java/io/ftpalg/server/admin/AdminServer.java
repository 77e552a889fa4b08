package io.ftpalg.server.admin;

import io.ftpalg.FtpAlg;
import io.ftpalg.policy.TransportType;
import io.ftpalg.server.settings.AdminSettings;
import io.ftpalg.server.tls.ClientLeg;
import io.ftpalg.server.tls.TlsConfigException;
import io.ftpalg.tls.ClientTlsContexts;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.ClientAuth;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the operator, on one event loop of its own, at what its settings name; nowhere, if there are none. Owned by the
 * main thread; changed by the thread that reloads, one change at a time.
 */
public final class AdminServer implements AutoCloseable {
    private static final Logger logger = LoggerFactory.getLogger(AdminServer.class);

    private static final int CLOSE_SECONDS = 2;

    private final AdminRoutes routes;
    private final EventLoopGroup loop =
            FtpAlg.newEventLoops(TransportType.NIO, 1, new DefaultThreadFactory("admin", true));
    /** What is listened on, by what the settings name. */
    private Map<SocketAddress, AdminSocket> open = Map.of();

    private Optional<AutoCloseable> certificates = Optional.empty();

    /** Makes a server of these routes, which listens nowhere yet. */
    public AdminServer(AdminRoutes routes) {
        this.routes = routes;
    }

    /** What is prepared, and takes effect with one of these calls; blocks for a moment. */
    public interface Change {
        /** Puts it in place of what was before. */
        void commit();

        /** Leaves everything as it is. */
        void discard();
    }

    /**
     * Opens what these settings name and is not open yet; reads the certificates. Nothing that is open changes before
     * {@link Change#commit}. Blocks.
     */
    public synchronized Change prepare(Optional<AdminSettings> settings) throws AdminException, InterruptedException {
        Map<SocketAddress, AdminAccess> wanted = new LinkedHashMap<>();
        Optional<ClientTlsContexts> contexts = Optional.empty();
        if (settings.isPresent()) {
            contexts = contexts(settings.get());
            AdminAccess access = access(settings.get(), contexts);
            settings.get().bind().ifPresent(address -> wanted.put(address, access));
            settings.get()
                    .socket()
                    .ifPresent(path -> wanted.put(
                            UnixDomainSocketAddress.of(path),
                            AdminAccess.socket(settings.get().socketForGroup())));
        }
        Map<SocketAddress, AdminSocket> added = new HashMap<>();
        Prepared change = new Prepared(wanted, added, contexts.map(AdminServer::closeable));
        try {
            for (Map.Entry<SocketAddress, AdminAccess> entry : wanted.entrySet()) {
                if (!open.containsKey(entry.getKey())) {
                    added.put(entry.getKey(), AdminSocket.open(loop, entry.getKey(), entry.getValue(), routes));
                }
            }
            return change;
        } catch (AdminException | InterruptedException | RuntimeException e) {
            change.discard();
            throw e;
        }
    }

    /** Returns what is listened on, with the ports that the system picked. */
    public synchronized List<SocketAddress> addresses() {
        return open.values().stream().map(AdminSocket::address).toList();
    }

    private static Optional<ClientTlsContexts> contexts(AdminSettings settings) throws AdminException {
        try {
            Optional<ClientLeg> tls = settings.tls();
            return tls.isEmpty() ? Optional.empty() : Optional.of(tls.get().contexts());
        } catch (TlsConfigException e) {
            throw new AdminException(String.valueOf(e.getMessage()), e);
        }
    }

    private static AdminAccess access(AdminSettings settings, Optional<ClientTlsContexts> contexts) {
        return new AdminAccess(
                settings.token(),
                settings.hosts().stream()
                        .map(host -> host.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                contexts,
                settings.tls()
                        .map(ClientLeg::clientAuth)
                        .filter(ClientAuth.REQUIRE::equals)
                        .isPresent(),
                AdminAccess.Place.ADDRESS);
    }

    private static AutoCloseable closeable(ClientTlsContexts contexts) {
        return contexts instanceof AutoCloseable watching ? watching : () -> {};
    }

    /** A change of this server. */
    private final class Prepared implements Change {
        private final Map<SocketAddress, AdminAccess> wanted;
        private final Map<SocketAddress, AdminSocket> added;
        private final Optional<AutoCloseable> next;

        Prepared(
                Map<SocketAddress, AdminAccess> wanted,
                Map<SocketAddress, AdminSocket> added,
                Optional<AutoCloseable> next) {
            this.wanted = wanted;
            this.added = added;
            this.next = next;
        }

        @Override
        public void commit() {
            synchronized (AdminServer.this) {
                Map<SocketAddress, AdminSocket> now = new LinkedHashMap<>();
                wanted.forEach((address, access) -> {
                    AdminSocket kept = open.get(address);
                    AdminSocket socket = kept == null ? added.get(address) : kept;
                    if (socket != null) {
                        socket.access(access);
                        now.put(address, socket);
                    }
                });
                open.forEach((address, socket) -> {
                    if (!now.containsKey(address)) {
                        AdminServer.close(socket);
                    }
                });
                open = Map.copyOf(now);
                certificates.ifPresent(AdminServer::close);
                certificates = next;
            }
        }

        @Override
        public void discard() {
            added.values().forEach(AdminServer::close);
            next.ifPresent(AdminServer::close);
        }
    }

    private static void close(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            logger.warn("closing failed", e);
        }
    }

    /** Closes all, with the connections there are, and ends the event loop; waits until their addresses are free. */
    @Override
    public synchronized void close() {
        open.values().forEach(AdminServer::close);
        open = Map.of();
        certificates.ifPresent(AdminServer::close);
        certificates = Optional.empty();
        // NIO closes a listening socket with the next turn of its event loop, and a process that replaces this one
        // binds its address.
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
