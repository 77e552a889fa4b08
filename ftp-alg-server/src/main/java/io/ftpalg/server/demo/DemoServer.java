package io.ftpalg.server.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.User;
import org.apache.ftpserver.ftplet.UserManager;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.ssl.SslConfiguration;
import org.apache.ftpserver.usermanager.PropertiesUserManagerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An Apache FtpServer in this process: user demo with password demo, and anonymous, who may not write. */
final class DemoServer implements AutoCloseable {
    static final String USER = "demo";

    private final FtpServer server;
    private final InetSocketAddress address;
    private final ServerEye eye;

    private DemoServer(FtpServer server, InetSocketAddress address, ServerEye eye) {
        this.server = server;
        this.address = address;
        this.eye = eye;
    }

    /** Starts a server on any port of the address; with TLS, clients may do without. */
    static DemoServer start(InetAddress address, Path home, Optional<SslConfiguration> tls) throws IOException {
        ListenerFactory listening = new ListenerFactory();
        listening.setServerAddress(address.getHostAddress());
        listening.setPort(0);
        tls.ifPresent(listening::setSslConfiguration);
        Listener listener = listening.createListener();
        ServerEye eye = new ServerEye();
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener);
        // The server clears the map when it stops.
        factory.setFtplets(new HashMap<>(Map.of("eye", eye)));
        ConnectionConfigFactory connections = new ConnectionConfigFactory();
        connections.setMaxLogins(100);
        connections.setMaxAnonymousLogins(100);
        factory.setConnectionConfig(connections.createConnectionConfig());
        try {
            factory.setUserManager(users(home));
            FtpServer server = factory.createServer();
            server.start();
            return new DemoServer(server, new InetSocketAddress(address, listener.getPort()), eye);
        } catch (FtpException e) {
            throw new IOException("the embedded FTP server does not start: " + e.getMessage(), e);
        }
    }

    private static UserManager users(Path home) throws FtpException {
        UserManager users = new PropertiesUserManagerFactory().createUserManager();
        BaseUser demo = user(USER, home);
        demo.setPassword(USER);
        demo.setAuthorities(List.of(new WritePermission()));
        users.save(demo);
        User anonymous = user("anonymous", home);
        users.save(anonymous);
        return users;
    }

    private static BaseUser user(String name, Path home) {
        BaseUser user = new BaseUser();
        user.setName(name);
        user.setHomeDirectory(home.toString());
        return user;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Returns what it saw of data ports. */
    ServerEye eye() {
        return eye;
    }

    @Override
    public void close() {
        server.stop();
    }
}
