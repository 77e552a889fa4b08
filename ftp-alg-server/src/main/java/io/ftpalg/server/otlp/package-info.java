/**
 * Metrics and traces, exported to an OpenTelemetry collector: OTLP over HTTP with protocol buffers
 * (https://opentelemetry.io/docs/specs/otlp/).
 *
 * <p>Read in this order: {@link io.ftpalg.server.otlp.Otlp}, the whole; {@code SessionSpans}, which makes the spans of sessions, as
 * {@code Spans} has their attributes; {@code SpanQueue} and {@code SpanExport}, by which they leave the event loops;
 * {@code MetricsExport}, the same {@link io.ftpalg.server.metrics.Meters} as for Prometheus in a registry of Micrometer that pushes;
 * {@code Collector}, which sends the requests of both, with {@code ExportLog}.
 *
 * <p>The messages are those of opentelemetry-proto, which Micrometer's registry brings; the HTTP client is the JDK's. The tracing SDK of
 * OpenTelemetry has a context, samplers and processors that a span which is complete when it is made does not need.
 *
 * <p>Nothing here blocks an event loop: what the collector does not take in time is counted and discarded. Must not import gateways, whose
 * state it is given.
 */
@NullMarked
package io.ftpalg.server.otlp;

import org.jspecify.annotations.NullMarked;
