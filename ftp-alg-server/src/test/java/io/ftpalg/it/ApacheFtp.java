package io.ftpalg.it;

import io.ftpalg.protocol.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.DataConnectionConfigurationFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.ssl.SslConfigurationFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** Apache FtpServer inside this JVM: the server that every machine has. */
final class ApacheFtp implements TestServer {
    private static final int SESSIONS = 200;

    private final FtpServer server;
    private final InetSocketAddress address;
    private final Path folder;

    private ApacheFtp(FtpServer server, InetSocketAddress address, Path folder) {
        this.server = server;
        this.address = address;
        this.folder = folder;
    }

    static TestServer start(InetAddress host, ServerSecurity security) {
        return start(new InetSocketAddress(host, 0), security);
    }

    static TestServer start(InetSocketAddress address, ServerSecurity security) {
        InetAddress host = address.getAddress();
        Path folder = Workspace.create("apache");
        Workspace.writable(folder.resolve(DIRECTORY.substring(1)));
        try {
            DataConnectionConfigurationFactory data = new DataConnectionConfigurationFactory();
            data.setActiveIpCheck(true);
            data.setPassiveIpCheck(true);
            data.setPassiveAddress(IpLiteral.format(host));
            ListenerFactory listeners = new ListenerFactory();
            listeners.setServerAddress(IpLiteral.format(host));
            listeners.setPort(address.getPort());
            listeners.setDataConnectionConfiguration(data.createDataConnectionConfiguration());
            if (security.tls()) {
                listeners.setImplicitSsl(security.implicit());
                listeners.setSslConfiguration(tls(security));
            }
            ConnectionConfigFactory connections = new ConnectionConfigFactory();
            connections.setMaxLogins(SESSIONS);
            connections.setMaxThreads(SESSIONS);
            FtpServerFactory factory = new FtpServerFactory();
            factory.setConnectionConfig(connections.createConnectionConfig());
            Listener listener = listeners.createListener();
            factory.addListener("default", listener);
            BaseUser user = new BaseUser();
            user.setName("tester");
            user.setPassword("secret");
            user.setHomeDirectory(folder.toString());
            user.setAuthorities(List.of(new WritePermission(), new ConcurrentLoginPermission(0, 0)));
            factory.getUserManager().save(user);
            FtpServer server = factory.createServer();
            server.start();
            return new ApacheFtp(server, new InetSocketAddress(host, listener.getPort()), folder);
        } catch (FtpException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SslConfiguration tls(ServerSecurity security) {
        SslConfigurationFactory factory = new SslConfigurationFactory();
        factory.setKeystoreFile(
                security.material().orElseThrow().keystore(security.identity()).toFile());
        factory.setKeystoreType("PKCS12");
        factory.setKeystorePassword(TlsMaterial.KEYSTORE_PASSWORD);
        factory.setSslProtocol(
                security.only().map(only -> new String[] {only.protocol()}).orElseGet(() ->
                        new String[] {"TLSv1.2", "TLSv1.3"}));
        return factory.createSslConfiguration();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Path files() {
        return folder.resolve(DIRECTORY.substring(1));
    }

    @Override
    public String user() {
        return "tester";
    }

    @Override
    public String password() {
        return "secret";
    }

    @Override
    public String log() {
        return "";
    }

    @Override
    public void close() {
        server.stop();
        Workspace.delete(folder);
    }

    @Override
    public String toString() {
        return "Apache FtpServer at " + address;
    }
}
