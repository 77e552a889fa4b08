/**
 * The protocol elements of FTP as values: commands, replies, and the names of data ports in both.
 *
 * <p>Read in this order: {@link io.ftpalg.protocol.Side}, {@link io.ftpalg.protocol.FtpVerb},
 * {@link io.ftpalg.protocol.FtpCommand}, {@link io.ftpalg.protocol.ReplyLine}, {@link io.ftpalg.protocol.FtpReply},
 * {@link io.ftpalg.protocol.Replies}, {@link io.ftpalg.protocol.DataSyntax}; then the addresses
 * {@link io.ftpalg.protocol.IpLiteral}, {@link io.ftpalg.protocol.HostPort}, {@link io.ftpalg.protocol.Cidr}.
 *
 * <p>Everything here is immutable and needs the JDK only: no Netty, no logging, no other package of this project. Text is
 * ISO-8859-1, one char for one byte, so that a path passes through whatever its charset is (RFC 2640 section 3.1).
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg.protocol;

import org.jspecify.annotations.NullMarked;
