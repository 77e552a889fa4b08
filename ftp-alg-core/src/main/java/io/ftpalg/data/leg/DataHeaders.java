package io.ftpalg.data.leg;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * Balancers whose connections to a data port begin with a PROXY header. The peer that it names is checked in place of the balancer.
 *
 * @param from whether a peer is a balancer
 * @param timeout the time until a header is complete
 */
public record DataHeaders(Predicate<InetAddress> from, Duration timeout) {
    /** How many connections one data port waits for the headers of; those beyond are refused. */
    public static final int MOST = 8;
}
