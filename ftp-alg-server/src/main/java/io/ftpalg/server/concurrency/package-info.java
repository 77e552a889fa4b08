/**
 * How many sessions and transfers users and groups have at a time: {@link io.ftpalg.server.concurrency.ConcurrencyLimits} refuses those
 * beyond the limits, and counts the others until they end; {@link io.ftpalg.server.concurrency.UseCounts} has the counts of the program.
 *
 * <p>Imports {@code settings.limits} only.
 */
@NullMarked
package io.ftpalg.server.concurrency;

import org.jspecify.annotations.NullMarked;
