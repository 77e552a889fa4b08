package io.ftpalg.control.shared;

import io.ftpalg.policy.TransparentMode;

/**
 * That the clients of a gateway do not know of it.
 *
 * @param mode how their connections come here
 * @param spoofClient whether servers see the client's address, in place of one of this host
 */
public record Interception(TransparentMode mode, boolean spoofClient) {}
