package io.ftpalg.it;

import java.net.InetAddress;
import java.util.function.Function;

/** The servers that the gateway is tested with. */
enum ServerKind {
    VSFTPD(Vsftpd::start),
    PURE_FTPD(PureFtpd::start),
    PROFTPD(ProFtpd::start),
    APACHE(ApacheFtp::start);

    private final Function<InetAddress, TestServer> start;

    ServerKind(Function<InetAddress, TestServer> start) {
        this.start = start;
    }

    /** Starts one at a free port of this address. */
    TestServer start(InetAddress host) {
        return start.apply(host);
    }
}
