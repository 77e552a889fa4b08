/**
 * FTP by HTTP, as {@code ftp_proxy=http://...} makes clients ask for it: what a request wants, which commands that takes, and the
 * response that the replies amount to. Pure: values and state machines, no socket and no clock.
 *
 * <p>Read in this order: {@link io.ftpalg.http.FileRequest} is a request that was understood, with its {@link io.ftpalg.http.FtpUrl}
 * and {@link io.ftpalg.http.ByteRange}; an {@link io.ftpalg.http.HttpConversation} is the client side of one FTP session that carries
 * it out, by {@link io.ftpalg.http.Download}, {@link io.ftpalg.http.Upload} or {@link io.ftpalg.http.Removal};
 * {@link io.ftpalg.http.HttpActions} is all that it can do; {@link io.ftpalg.http.ReplyStatus} maps failures;
 * {@link io.ftpalg.http.ListingBody} turns a list of a directory into HTML or JSON.
 *
 * <p>Internal. Imports the JDK and {@code io.ftpalg.protocol} only.
 */
@NullMarked
package io.ftpalg.http;

import org.jspecify.annotations.NullMarked;
