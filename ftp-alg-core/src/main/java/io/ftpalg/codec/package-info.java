/**
 * FTP's control connection for Netty: bytes to values and back. Usable alone, by a client, a server or a proxy.
 *
 * <p>Read in this order: {@code FtpLineDecoder} frames lines and handles Telnet for the two decoders behind it,
 * {@code FtpCommandDecoder} and {@code FtpReplyDecoder}; {@code FtpReplyAggregator} gathers whole replies for those who
 * want them so; {@code FtpEncoder} writes either.
 *
 * <p>Imports {@code io.ftpalg.protocol} and Netty only.
 */
@NullMarked
package io.ftpalg.codec;

import org.jspecify.annotations.NullMarked;
