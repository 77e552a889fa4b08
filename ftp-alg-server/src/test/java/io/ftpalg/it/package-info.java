/**
 * End-to-end tests: real FTP clients through the gateway to real FTP servers, all on loopback addresses.
 *
 * <p>Servers listen on 127.0.0.2 or ::1, the gateway on 127.0.0.3 or ::1, clients come from 127.0.0.1: an address that
 * is not rewritten is seen. In reading order:
 *
 * <ul>
 * <li>{@link io.ftpalg.it.Peers} finds the programs; {@link io.ftpalg.it.Program} runs one.
 * <li>{@link io.ftpalg.it.ServerKind} starts a {@link io.ftpalg.it.TestServer}; {@link io.ftpalg.it.Servers} keeps those
 * of a test class.
 * <li>{@link io.ftpalg.it.FtpClient} drives a client program through the {@link io.ftpalg.it.Step}s of a session;
 * {@link io.ftpalg.it.RawFtp} says byte by byte what no client says.
 * <li>{@link io.ftpalg.it.Gateway} runs the gateway and keeps its records.
 * <li>With TLS: {@link io.ftpalg.it.TlsMaterial} issues certificates, {@link io.ftpalg.it.ServerSecurity} and
 * {@link io.ftpalg.it.ClientSecurity} say how servers and clients use them, {@link io.ftpalg.it.TlsGateway} runs the gateway
 * of a command line, and {@link io.ftpalg.it.OddServer} does what no good server does.
 * <li>With a config file: {@link io.ftpalg.it.ConfiguredJar} runs the jar; {@link io.ftpalg.it.LoginNetwork} has the gateway's
 * own users, {@link io.ftpalg.it.Fleet} several servers that are killed and come back, {@link io.ftpalg.it.NameServer} names.
 * </ul>
 *
 * <p>A peer that is not installed is a skipped test; where CI=true is set, as {@code .ci/run} does, it is a failure.
 */
@NullMarked
package io.ftpalg.it;

import org.jspecify.annotations.NullMarked;
