package io.ftpalg.it;

import java.util.List;

/** The clients that the gateway is tested with. */
final class Clients {
    static final List<FtpClient> ALL =
            List.of(new Curl(), new Lftp(), BsdFtp.tnftp(), BsdFtp.inetutils(), new Ncftp(), new CommonsNet());

    private Clients() {}
}
