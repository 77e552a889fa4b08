/**
 * How many bytes a transfer may move, and how fast.
 *
 * <p>Read in this order: what a {@code TransferPolicy} returns when a transfer begins are its
 * {@link io.ftpalg.policy.transfer.TransferTerms}: for each direction the {@link io.ftpalg.policy.transfer.ByteAllowance}s that all
 * have to grant what is moved. There are two, and an embedder may add others: a {@link io.ftpalg.policy.transfer.RateLimit}, shared by
 * what is to share a bandwidth, and a {@link io.ftpalg.policy.transfer.ByteQuota}, which ends a transfer.
 *
 * <p>Imports the JDK, {@code protocol} and {@code policy.inspect} only.
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg.policy.transfer;

import org.jspecify.annotations.NullMarked;
