package io.ftpalg.server.users;

import com.unboundid.ldap.sdk.FailoverServerSet;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPConnectionOptions;
import com.unboundid.ldap.sdk.LDAPConnectionPool;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.PostConnectProcessor;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.ServerSet;
import com.unboundid.ldap.sdk.SimpleBindRequest;
import com.unboundid.ldap.sdk.SingleServerSet;
import com.unboundid.ldap.sdk.StartTLSPostConnectProcessor;
import com.unboundid.util.ssl.SSLSocketVerifier;
import io.ftpalg.server.tls.CaSockets;
import io.ftpalg.server.tls.TlsConfigException;
import io.ftpalg.server.tls.trust.Certificates;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.net.SocketFactory;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to the servers of a directory: to the first that replies, under TLS where configured, and then only to one that
 * has a certificate for its name. Owned by its {@link LdapUsers}; blocks, on the threads that check passwords.
 */
final class LdapServers {
    private static final Logger logger = LoggerFactory.getLogger(LdapServers.class);
    private static final int CONNECT_MILLIS = 3000;
    private static final long RESPONSE_MILLIS = 5000;

    private final List<LdapServer> servers;
    private final ServerSet set;

    /** Reads the CAs; does not connect. */
    LdapServers(LdapSettings settings) throws UsersException {
        this.servers = settings.servers();
        List<ServerSet> all = new ArrayList<>();
        SSLSocketFactory tls = sockets(settings);
        for (LdapServer server : servers) {
            SocketFactory sockets = server.tls() ? tls : SocketFactory.getDefault();
            PostConnectProcessor startTls = settings.startTls() ? new StartTLSPostConnectProcessor(tls) : null;
            all.add(one(server, sockets, startTls));
            if (!server.tls() && !settings.startTls() && !isHere(server)) {
                logger.warn("passwords are sent in the clear to {}: use ldaps:// or StartTLS", server);
            }
        }
        this.set = new FailoverServerSet(all);
    }

    private static SSLSocketFactory sockets(LdapSettings settings) throws UsersException {
        try {
            return CaSockets.trusting(settings.caFile());
        } catch (TlsConfigException e) {
            throw new UsersException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The library has null for none. */
    @SuppressWarnings("NullAway")
    private static ServerSet one(LdapServer server, SocketFactory sockets, @Nullable PostConnectProcessor startTls) {
        return new SingleServerSet(
                server.address().host(), server.address().port(), sockets, options(), null, startTls);
    }

    private static LDAPConnectionOptions options() {
        LDAPConnectionOptions options = new LDAPConnectionOptions();
        options.setConnectTimeoutMillis(CONNECT_MILLIS);
        options.setResponseTimeoutMillis(RESPONSE_MILLIS);
        options.setUseSynchronousMode(true);
        options.setFollowReferrals(false);
        options.setAbandonOnTimeout(true);
        options.setSSLSocketVerifier(new SameName());
        return options;
    }

    /** The library's own check takes any name at a loopback address, where the end of a tunnel may be. */
    private static final class SameName extends SSLSocketVerifier {
        @Override
        public void verifySSLSocket(String host, int port, SSLSocket socket) throws LDAPException {
            try {
                X509Certificate certificate =
                        (X509Certificate) socket.getSession().getPeerCertificates()[0];
                Optional<String> mismatch = Certificates.nameMismatch(certificate, host);
                if (mismatch.isPresent()) {
                    throw new LDAPException(ResultCode.CONNECT_ERROR, mismatch.get());
                }
            } catch (SSLPeerUnverifiedException e) {
                throw new LDAPException(ResultCode.CONNECT_ERROR, "no certificate, or of an unknown CA", e);
            }
        }
    }

    private static boolean isHere(LdapServer server) {
        String host = server.address().host();
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    /** Returns a new connection, still anonymous. */
    LDAPConnection connect() throws LDAPException {
        return set.getConnection();
    }

    /** Returns connections of who searches, none of which is made before it is needed. */
    @SuppressWarnings("NullAway")
    LDAPConnectionPool pool(Optional<LdapSettings.Searcher> searcher, int most) throws UsersException {
        try {
            LDAPConnectionPool pool = new LDAPConnectionPool(
                    set,
                    searcher.map(who -> new SimpleBindRequest(who.dn(), ClientText.bytes(who.password())))
                            .orElse(null),
                    0,
                    most);
            pool.setConnectionPoolName("ldap-users");
            pool.setCreateIfNecessary(true);
            return pool;
        } catch (LDAPException e) {
            throw failure(e);
        }
    }

    /** Returns why the directory could not be asked. */
    UsersException failure(LDAPException cause) {
        String all = servers.stream().map(LdapServer::toString).collect(Collectors.joining(", "));
        String why = String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
        return new UsersException(
                "LDAP " + all + (cause.getResultCode().isConnectionUsable() ? " refuses: " : " unreachable: ")
                        + cause.getResultCode().getName() + ", " + why,
                cause);
    }
}
