/**
 * What an embedder may decide, and what is reported: which commands pass and what clients receive, how much is allowed, and what
 * listeners are notified of.
 *
 * <p>Read in this order: {@link io.ftpalg.policy.CommandFilter} with {@link io.ftpalg.policy.Verdict} and
 * {@link io.ftpalg.policy.FilterContext}; {@link io.ftpalg.policy.ReplyFilter}; {@link io.ftpalg.policy.TransferPolicy}; {@link io.ftpalg.policy.ClientGate};
 * {@link io.ftpalg.policy.Limits} with the table {@link io.ftpalg.policy.Limit}; {@link io.ftpalg.policy.AlgListener} with its
 * records and {@link io.ftpalg.policy.CloseCause}. Subpackages, each importing only those to its left: {@code login}, {@code tls},
 * {@code route}, {@code inspect}, {@code transfer}.
 *
 * <p>Everything here is called on the event loop of the session that it concerns and must not block. Imports the JDK and
 * {@code io.ftpalg.protocol} only: no Netty.
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg.policy;

import org.jspecify.annotations.NullMarked;
