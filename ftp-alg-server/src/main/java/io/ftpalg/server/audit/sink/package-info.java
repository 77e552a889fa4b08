/**
 * Where audit records go: {@link io.ftpalg.server.audit.sink.Sink} is one place, {@link io.ftpalg.server.audit.sink.SinkWorker} its
 * thread with a bounded {@code SinkQueue} in front, {@link io.ftpalg.server.audit.sink.SinkSettings} what is configured, and
 * {@link io.ftpalg.server.audit.sink.Sinks} makes sinks of that. {@code FileSink} writes lines, with {@code FileTail} for what a file has
 * already and {@code FileArchive} for rotated files; {@code SyslogSink} sends messages by a {@code SyslogTransport},
 * {@code WebhookSink} batches by HTTP. It imports {@code audit.record} and the log; nothing of the settings.
 */
@NullMarked
package io.ftpalg.server.audit.sink;

import org.jspecify.annotations.NullMarked;
