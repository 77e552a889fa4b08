/**
 * Quotas: how many bytes and files users and groups may transfer in an hour, a day or a month, across restarts.
 *
 * <p>Read in this order: {@link io.ftpalg.server.quota.QuotaLimits} is the policy of a gateway, which refuses transfers and counts them in
 * {@code Counter}s, a {@code QuotaShare} for each transfer. A {@link io.ftpalg.server.quota.QuotaKeeper}, one for the program, has the
 * counters, and a thread that writes them to the {@link io.ftpalg.server.quota.QuotaStore}. No event loop waits for that: what is not
 * written yet is bounded, and transfers beyond that are slowed down.
 *
 * <p>Imports {@code settings.limits} and {@code json} only.
 */
@NullMarked
package io.ftpalg.server.quota;

import org.jspecify.annotations.NullMarked;
