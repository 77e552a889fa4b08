package io.ftpalg.policy.route;

import io.ftpalg.protocol.HostPort;

/**
 * One answer to a look-up of a service (SRV, RFC 2782).
 *
 * @param priority those of the lowest are used first
 * @param weight the share among those of one priority, 0 to 65535
 * @param server the name and port of the server
 */
public record ServiceRecord(int priority, int weight, HostPort server) {}
