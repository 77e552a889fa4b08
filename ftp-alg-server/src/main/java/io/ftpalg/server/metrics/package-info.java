/**
 * What monitoring reads.
 *
 * <p>Read in this order: {@link io.ftpalg.server.metrics.HealthRoutes}, whether the gateway lives and may get new sessions, with
 * {@link io.ftpalg.server.metrics.HealthCheck}, which asks for that;
 * {@link io.ftpalg.server.metrics.Metrics}, what Prometheus gets of {@link io.ftpalg.server.metrics.Meters}, which are all meters in one
 * registry; {@code SessionMetrics}, which counts events in {@code CounterTable}s;
 * {@link io.ftpalg.server.metrics.GatewayFacts}, what it asks of gateways; {@code Gauges}, with {@code LoopLag} and
 * {@code CertificateExpiry}.
 *
 * <p>No label has a value that a client chose. Must not import gateways, whose state it is given.
 */
@NullMarked
package io.ftpalg.server.metrics;

import org.jspecify.annotations.NullMarked;
