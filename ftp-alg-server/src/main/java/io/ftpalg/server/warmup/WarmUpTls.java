package io.ftpalg.server.warmup;

import io.ftpalg.tls.ClientTlsContexts;
import javax.net.ssl.SSLSocketFactory;

/**
 * TLS of the warm-up: half of its clients use it, on control and data connections.
 *
 * @param gateway the contexts of its gateway, for a certificate that is used for nothing else
 * @param client makes the sockets of the clients, which accept that certificate and no other
 */
public record WarmUpTls(ClientTlsContexts gateway, SSLSocketFactory client) {}
