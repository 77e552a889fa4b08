package io.ftpalg.policy;

/** The protocol that the clients of a gateway begin with. Behind it each of their sessions is one of FTP. */
public enum ListenerProtocol {
    /** FTP (RFC 959) from the first byte. */
    FTP,
    /**
     * SOCKS 5 (RFC 1928): the client names its server by CONNECT, and asks for its data connections by CONNECT, or by BIND for active
     * ones. Nothing else passes.
     */
    SOCKS5,
    /** HTTP (RFC 9110): the client names its server, and asks for its data connections, by CONNECT; or asks for files by ftp:// URLs. */
    HTTP
}
