package io.ftpalg.it;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.BiFunction;

/** The servers that the gateway is tested with. */
enum ServerKind {
    VSFTPD(Vsftpd::start),
    PURE_FTPD(PureFtpd::start),
    PROFTPD(ProFtpd::start),
    APACHE(ApacheFtp::start);

    private final BiFunction<InetSocketAddress, ServerSecurity, TestServer> start;

    ServerKind(BiFunction<InetSocketAddress, ServerSecurity, TestServer> start) {
        this.start = start;
    }

    /** Starts one at a free port of this address, in the clear. */
    TestServer start(InetAddress host) {
        return start(host, ServerSecurity.NONE);
    }

    /** Starts one at a free port of this address. */
    TestServer start(InetAddress host, ServerSecurity security) {
        return start(NativeServer.freePort(host), security);
    }

    TestServer start(InetSocketAddress address, ServerSecurity security) {
        return start.apply(address, security);
    }

    /** Tells whether it demands that data connections resume the TLS session of their control connection. */
    boolean demandsResumption() {
        return this == VSFTPD || this == PROFTPD;
    }

    /** Tells whether it can do that: pure-ftpd has no TLS from the first byte. */
    boolean supports(Protection protection) {
        return this != PURE_FTPD || protection != Protection.IMPLICIT;
    }
}
