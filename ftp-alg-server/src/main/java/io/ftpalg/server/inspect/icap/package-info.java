/**
 * ICAP (RFC 3507): files are sent to services that decide on them.
 *
 * <p>Read in this order: {@link io.ftpalg.server.inspect.icap.IcapServices} has an {@code IcapService} for each of its
 * {@link io.ftpalg.server.inspect.icap.IcapSettings}, which asks for the {@code IcapOptions} of its
 * {@link io.ftpalg.server.inspect.icap.IcapUrl} by {@code IcapProbe} and has connections in an {@code IcapPool}. An {@code IcapScan} is the
 * inspection of one file, and its {@code IcapExchange} sends an {@code IcapRequest} and the file, and decides by the replies, which
 * an {@code IcapConnection} decodes ({@code IcapDecoder}, {@code IcapHead}, {@code Encapsulated}) and {@code IcapFinding} names.
 *
 * <p>Imports {@code inspect.scan}, Netty and the library; nothing else of the server.
 */
@NullMarked
package io.ftpalg.server.inspect.icap;

import org.jspecify.annotations.NullMarked;
