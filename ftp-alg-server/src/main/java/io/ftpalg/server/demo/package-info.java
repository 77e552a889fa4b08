/**
 * The gateway at work between an FTP server and a client of this very process.
 *
 * <p>Read in this order: {@code Demo}, which runs it; {@code DemoAddresses}; {@code DemoServer} with {@code ServerEye},
 * which notes what the server saw; {@code DemoClient} with {@code ClientEye}, which notes what the client saw;
 * {@code DemoMode}; {@code DemoFiles}; {@code DemoTls}, the certificates; {@code GatewayEye}, which notes what the gateway
 * tells; {@code DemoReport} with {@code TlsText}, which prints; {@code DemoCommand}, the command. Only {@code Main} may import it.
 */
@NullMarked
package io.ftpalg.server.demo;

import org.jspecify.annotations.NullMarked;
