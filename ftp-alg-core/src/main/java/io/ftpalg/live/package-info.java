/**
 * What operators see of a running gateway, and how they act on it: snapshots of sessions and transfers, use of limits, the trace of a
 * session, and a gate that is changed while it runs.
 *
 * <p>Read in this order: {@link io.ftpalg.live.SessionSnapshot} with {@link io.ftpalg.live.TransferSnapshot};
 * {@link io.ftpalg.live.GatewayUsage}; {@link io.ftpalg.live.SessionTracer} with {@link io.ftpalg.live.TraceLine};
 * {@link io.ftpalg.live.OperatorGate}. {@code io.ftpalg.LiveSessions} is where an embedder begins.
 *
 * <p>Imports the JDK, {@code io.ftpalg.protocol} and {@code io.ftpalg.policy} only: no Netty.
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg.live;

import org.jspecify.annotations.NullMarked;
