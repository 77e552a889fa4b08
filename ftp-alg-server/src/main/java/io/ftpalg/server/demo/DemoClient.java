package io.ftpalg.server.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.TrustManager;
import org.apache.commons.net.ftp.FTP;
import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPSClient;

/** An FTP client that agrees data ports in one mode; used by one thread. */
final class DemoClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int BUFFER = 256 << 10;

    private final FTPClient ftp;
    private final ClientEye eye = new ClientEye();

    private DemoClient(FTPClient ftp) {
        this.ftp = ftp;
    }

    /** The client of the library speaks EPRT over IPv6 only; it is as good over IPv4 (RFC 2428). */
    private static final class EprtClient extends FTPClient {
        @Override
        public int port(InetAddress host, int port) throws IOException {
            return eprt(host, port);
        }
    }

    /** The same under TLS. */
    private static final class EprtTlsClient extends FTPSClient {
        @Override
        public int port(InetAddress host, int port) throws IOException {
            return eprt(host, port);
        }
    }

    /** Connects and logs in; under TLS, control and data, if there is a trust manager. */
    static DemoClient connect(InetSocketAddress gateway, DemoMode mode, Optional<TrustManager> tls) throws IOException {
        FTPClient ftp = tls.isPresent()
                ? underTls(mode, tls.get())
                : mode == DemoMode.EPRT ? new EprtClient() : new FTPClient();
        DemoClient client = new DemoClient(ftp);
        ftp.addProtocolCommandListener(client.eye);
        ftp.setConnectTimeout((int) PATIENCE.toMillis());
        ftp.setDefaultTimeout((int) PATIENCE.toMillis());
        ftp.setDataTimeout(PATIENCE);
        ftp.setBufferSize(BUFFER);
        ftp.setUseEPSVwithIPv4(mode == DemoMode.EPSV);
        try {
            ftp.connect(gateway.getAddress(), gateway.getPort());
            if (ftp instanceof FTPSClient secured) {
                secured.execPBSZ(0);
                secured.execPROT("P");
            }
            client.check(ftp.login(DemoServer.USER, DemoServer.USER), "the login");
            client.check(ftp.setFileType(FTP.BINARY_FILE_TYPE), "TYPE I");
            if (mode.passive()) {
                ftp.enterLocalPassiveMode();
            }
            return client;
        } catch (IOException e) {
            client.close();
            throw e;
        }
    }

    private static FTPSClient underTls(DemoMode mode, TrustManager trust) {
        FTPSClient ftp = mode == DemoMode.EPRT ? new EprtTlsClient() : new FTPSClient();
        ftp.setTrustManager(trust);
        ftp.setEndpointCheckingEnabled(true);
        return ftp;
    }

    /** Uploads the file under that name. */
    void upload(Path file, String name) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
            check(ftp.storeFile(name, in), "the upload of " + name);
        }
    }

    /** Downloads the file of that name and returns its SHA-256 in hex. */
    String download(String name) throws IOException {
        MessageDigest digest = DemoFiles.sha256();
        try (OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            check(ftp.retrieveFile(name, out), "the download of " + name);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Returns what it sent or received about its latest data port. */
    String dataPort() {
        return eye.dataPort();
    }

    private void check(boolean done, String what) throws IOException {
        if (!done) {
            throw new IOException(
                    what + " failed: " + String.valueOf(ftp.getReplyString()).strip());
        }
    }

    @Override
    public void close() throws IOException {
        if (ftp.isConnected()) {
            try {
                ftp.quit();
            } finally {
                ftp.disconnect();
            }
        }
    }
}
