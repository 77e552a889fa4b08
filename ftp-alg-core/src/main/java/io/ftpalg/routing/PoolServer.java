package io.ftpalg.routing;

import io.ftpalg.policy.tls.ServerTls;
import io.ftpalg.protocol.HostPort;
import java.util.regex.Pattern;

/** A server of a pool as it is configured, or a service whose servers DNS lists. Immutable. */
public sealed interface PoolServer {

    /** Returns how connections to it are protected; the name that certificates must have may be left open. */
    ServerTls tls();

    /** Returns the server of this name or address. */
    static PoolServer of(HostPort server, ServerTls tls) {
        return new Host(server, tls);
    }

    /** Returns the servers of this service, such as {@code _ftp._tcp.example.com}. */
    static PoolServer service(String name, ServerTls tls) {
        return new Service(name, tls);
    }

    /** Returns whether the text is to be read as a service: its first label begins with an underscore. */
    static boolean isService(String text) {
        return text.startsWith("_");
    }

    /**
     * One server.
     *
     * @param server its name or address, and its port
     * @param tls how connections to it are protected
     */
    record Host(HostPort server, ServerTls tls) implements PoolServer {
        @Override
        public String toString() {
            return server.toString();
        }
    }

    /**
     * The servers that DNS lists under a name (SRV, RFC 2782).
     *
     * @param name the service, in lower case and without a final dot
     * @param tls how connections to its servers are protected; the name that a certificate must have is that of the server as
     *     DNS has it, unless this one names another: with forged DNS answers the name is forged too
     */
    record Service(String name, ServerTls tls) implements PoolServer {
        private static final Pattern NAME =
                Pattern.compile("_[a-z0-9-]{1,62}\\._tcp(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)+");

        public Service {
            name = HostPort.canonicalName(name);
            if (name.length() > 253 || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("not a service such as _ftp._tcp.example.com: " + name);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
