/**
 * Names of servers to addresses, by DNS.
 *
 * <p>Read in this order: {@link io.ftpalg.control.dns.DnsNames} is the resolver of a gateway;
 * {@link io.ftpalg.control.dns.HostsFile} is used before it; {@link io.ftpalg.control.dns.ServiceAnswer} reads the answer to a
 * query for SRV records, and {@link io.ftpalg.control.dns.ServiceCache} keeps it as long as its TTL says.
 *
 * <p>Uses {@code control.net}; imports neither {@code session} nor {@code data}, {@code codec} or another package of
 * {@code control}.
 */
@NullMarked
package io.ftpalg.control.dns;

import org.jspecify.annotations.NullMarked;
