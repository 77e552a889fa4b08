package io.ftpalg.server.trace;

import io.ftpalg.protocol.Cidr;
import java.time.Duration;
import java.util.Optional;

/**
 * Which sessions to trace; of several conditions all must hold.
 *
 * @param client the network of the client
 * @param user its user, at the server or at the gateway
 * @param sessions how many sessions, if not all
 * @param time for how long
 */
public record TraceWanted(Optional<Cidr> client, Optional<String> user, Optional<Integer> sessions, Duration time) {}
