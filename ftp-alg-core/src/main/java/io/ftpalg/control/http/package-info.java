/**
 * FTP by HTTP: the response to one request, made by the client side of one FTP session.
 *
 * <p>Read in this order: {@link io.ftpalg.control.http.HttpFile} is the request that is carried out; {@link io.ftpalg.control.http.OwnSession}
 * opens its session, whose control connection has both ends in this process, and the session's client is the HTTP client;
 * {@code DownloadPump} and {@code UploadPump} pass the bytes between the session's data connection and the HTTP connection.
 */
@NullMarked
package io.ftpalg.control.http;

import org.jspecify.annotations.NullMarked;
