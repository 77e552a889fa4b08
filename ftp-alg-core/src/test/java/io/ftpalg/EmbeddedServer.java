package io.ftpalg;

import java.nio.file.Path;
import java.util.List;
import org.apache.ftpserver.ConnectionConfigFactory;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.listener.Listener;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.ConcurrentLoginPermission;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An FTP server in this JVM, on a port of its own, for user tester with password secret. */
public final class EmbeddedServer implements AutoCloseable {
    private final FtpServer server;
    private final int port;

    private EmbeddedServer(FtpServer server, int port) {
        this.server = server;
        this.port = port;
    }

    /** Starts one that serves the folder. */
    public static EmbeddedServer start(Path folder) throws FtpException {
        ListenerFactory listeners = new ListenerFactory();
        listeners.setServerAddress("127.0.0.1");
        listeners.setPort(0);
        ConnectionConfigFactory connections = new ConnectionConfigFactory();
        connections.setMaxLogins(500);
        connections.setMaxThreads(100);
        FtpServerFactory factory = new FtpServerFactory();
        Listener listener = listeners.createListener();
        factory.addListener("default", listener);
        factory.setConnectionConfig(connections.createConnectionConfig());
        BaseUser user = new BaseUser();
        user.setName("tester");
        user.setPassword("secret");
        user.setHomeDirectory(folder.toString());
        user.setAuthorities(List.of(new WritePermission(), new ConcurrentLoginPermission(0, 0)));
        factory.getUserManager().save(user);
        FtpServer server = factory.createServer();
        server.start();
        return new EmbeddedServer(server, listener.getPort());
    }

    public int port() {
        return port;
    }

    @Override
    public void close() {
        server.stop();
    }
}
