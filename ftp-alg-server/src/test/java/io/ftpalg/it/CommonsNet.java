package io.ftpalg.it;

import io.ftpalg.protocol.DataSyntax;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.apache.commons.net.PrintCommandListener;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPReply;
import org.apache.commons.net.ftp.FTPSClient;

/** Drives Apache Commons Net inside this JVM: the client that every machine has. */
final class CommonsNet implements FtpClient {
    private final ClientSecurity security;
    private final Optional<TlsMaterial> material;

    CommonsNet() {
        this.security = ClientSecurity.NONE;
        this.material = Optional.empty();
    }

    CommonsNet(ClientSecurity security, TlsMaterial material) {
        this.security = security;
        this.material = Optional.of(material);
    }

    @Override
    public String name() {
        return "commons-net";
    }

    @Override
    public void require() {
        // It is a library of the tests.
    }

    @Override
    public Set<DataSyntax> syntaxes(boolean ipv6) {
        return ipv6 ? EnumSet.of(DataSyntax.EPRT, DataSyntax.EPSV) : EnumSet.allOf(DataSyntax.class);
    }

    @Override
    public String run(Path folder, Target target, DataSyntax syntax, List<Step> steps) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintWriter printer = new PrintWriter(printed, true, StandardCharsets.ISO_8859_1);
        try {
            FTPClient client = login(client(syntax), target, syntax);
            client.addProtocolCommandListener(new PrintCommandListener(printer, true));
            try {
                for (Step step : steps) {
                    if (!run(client, step)) {
                        printer.println("failed: " + step);
                    }
                }
                client.logout();
            } finally {
                client.disconnect();
            }
        } catch (IOException e) {
            printer.println(e);
        }
        return printed.toString(StandardCharsets.ISO_8859_1);
    }

    private static boolean run(FTPClient client, Step step) throws IOException {
        if (step instanceof Step.Put put) {
            try (InputStream in = Files.newInputStream(put.local())) {
                return client.storeFile(put.remote(), in);
            }
        } else if (step instanceof Step.Get get) {
            try (OutputStream out = Files.newOutputStream(get.local())) {
                return client.retrieveFile(get.remote(), out);
            }
        } else if (step instanceof Step.Names names) {
            String[] found = client.listNames();
            if (found != null) {
                Files.write(names.local(), List.of(found), StandardCharsets.ISO_8859_1);
            }
            return found != null;
        }
        throw new IllegalArgumentException(step.toString());
    }

    /** Returns a client that is logged in, in the directory of the tests. */
    static FTPClient open(Target target, DataSyntax syntax) {
        return login(new CommonsNet().client(syntax), target, syntax);
    }

    private FTPClient client(DataSyntax syntax) {
        if (!security.tls()) {
            return syntax == DataSyntax.EPRT ? new EprtClient() : new FTPClient();
        }
        SSLContext context = material.orElseThrow().context();
        FTPSClient client = syntax == DataSyntax.EPRT
                ? new EprtsClient(security.implicit(), context)
                : new FTPSClient(security.implicit(), context);
        client.setEnabledProtocols(new String[] {security.version().protocol()});
        client.setEndpointCheckingEnabled(true);
        return client;
    }

    private static FTPClient login(FTPClient client, Target target, DataSyntax syntax) {
        int timeout = (int) TIMEOUT.toMillis();
        client.setConnectTimeout(timeout);
        client.setDefaultTimeout(timeout);
        client.setDataTimeout(TIMEOUT);
        client.setControlEncoding("ISO-8859-1");
        client.setUseEPSVwithIPv4(syntax == DataSyntax.EPSV);
        // Else it repairs a 227 that names another host.
        client.setPassiveNatWorkaroundStrategy(null);
        try {
            client.connect(target.address().getAddress(), target.port());
            client.setSoTimeout(timeout);
            if (syntax.passive()) {
                client.enterLocalPassiveMode();
            } else {
                client.enterLocalActiveMode();
            }
            if (client instanceof FTPSClient secure) {
                secure.execPBSZ(0);
                secure.execPROT("P");
            }
            if (!client.login(target.user(), target.password())
                    || !client.setFileType(FTP.BINARY_FILE_TYPE)
                    || !FTPReply.isPositiveCompletion(client.cwd(TestServer.DIRECTORY))) {
                throw new IOException("no login: " + client.getReplyString());
            }
            return client;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same under TLS. */
    private static final class EprtsClient extends FTPSClient {
        EprtsClient(boolean implicit, SSLContext context) {
            super(implicit, context);
        }

        @Override
        public int port(InetAddress host, int port) throws IOException {
            return eprt(host, port);
        }
    }

    /** Of itself it says EPRT over IPv6 only. */
    private static final class EprtClient extends FTPClient {
        @Override
        public int port(InetAddress host, int port) throws IOException {
            return eprt(host, port);
        }
    }
}
