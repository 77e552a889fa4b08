package io.ftpalg.server.settings;

import io.ftpalg.policy.TransparentMode;

/**
 * That the clients of a listener do not know of the gateway.
 *
 * @param mode how the packet filter hands their connections over
 * @param spoofClient whether servers see the client's address
 */
public record TransparentSettings(TransparentMode mode, boolean spoofClient) {
    /** The mark of packets that are for this host, whatever their address ({@code ftp-alg rules}). */
    public static final long MARK = 1;
}
