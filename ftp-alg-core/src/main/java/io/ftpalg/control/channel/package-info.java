/**
 * What a single control connection needs beside its codec, whatever session it belongs to.
 *
 * <p>Read in this order: {@link io.ftpalg.control.channel.LineTimeoutHandler} reports a line that does not end;
 * {@link io.ftpalg.control.channel.ReplyOrder} tells which replies began before a command was sent, with
 * {@link io.ftpalg.control.channel.ServerReads}; {@link io.ftpalg.control.channel.TelnetSynch} sends a command behind urgent data;
 * {@link io.ftpalg.control.channel.LingeringClose} lets the peer read the last reply;
 * {@link io.ftpalg.control.channel.HandlerNames} are those in both pipelines.
 *
 * <p>Uses {@code control.net}; imports neither {@code session} nor another package of {@code control}.
 */
@NullMarked
package io.ftpalg.control.channel;

import org.jspecify.annotations.NullMarked;
