package io.ftpalg.it;

import java.util.List;

/** The clients that speak TLS, each protected in this way. Stateless. */
final class TlsClients {

    private TlsClients() {}

    static List<FtpClient> all(ClientSecurity security, TlsMaterial material) {
        return List.of(
                new Curl(security), new Lftp(security), new Ftplib(security), new CommonsNet(security, material));
    }
}
