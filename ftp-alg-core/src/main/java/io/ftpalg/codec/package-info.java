/**
 * FTP's control connection for Netty: bytes to values and back. Usable alone, by a client, a server or a proxy.
 *
 * <p>Read in this order: {@link io.ftpalg.codec.FtpLineDecoder} frames lines and handles Telnet for the two decoders
 * behind it, within {@link io.ftpalg.codec.FtpDecoderLimits}: {@link io.ftpalg.codec.FtpCommandDecoder} and
 * {@link io.ftpalg.codec.FtpReplyDecoder}, which reports
 * skipped lines by {@link io.ftpalg.codec.JunkLine} and gives up with {@link io.ftpalg.codec.FtpCodecException};
 * {@link io.ftpalg.codec.FtpReplyAggregator} gathers whole replies for those who want them so;
 * {@link io.ftpalg.codec.FtpReplySanitizer} makes them safe to show; {@link io.ftpalg.codec.FtpEncoder} writes either.
 *
 * <p>Imports {@code io.ftpalg.protocol} and Netty only.
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg.codec;

import org.jspecify.annotations.NullMarked;
