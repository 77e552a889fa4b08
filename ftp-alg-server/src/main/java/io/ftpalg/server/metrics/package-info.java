/**
 * What monitoring reads: {@link io.ftpalg.server.metrics.HealthRoutes}, whether the gateway lives and may get new sessions.
 *
 * <p>Must not import gateways, whose state it is given.
 */
@NullMarked
package io.ftpalg.server.metrics;

import org.jspecify.annotations.NullMarked;
