/**
 * The inspection of what a transfer moves.
 *
 * <p>Read in this order: a {@link io.ftpalg.policy.inspect.DataInspector} is asked about each
 * {@link io.ftpalg.policy.inspect.InspectedTransfer} when it begins, and returns an {@link io.ftpalg.policy.inspect.Inspection}, which
 * receives its bytes and has an {@link io.ftpalg.policy.inspect.InspectionVerdict} on each piece and on the whole; how much is held
 * back until then, and for how long, are its {@link io.ftpalg.policy.inspect.InspectionTerms}; what memory is too small for is held in a
 * {@link io.ftpalg.policy.inspect.SpillFile}.
 *
 * <p>Imports the JDK, {@code protocol} and {@code policy.login} only.
 *
 * <p><b>Status:</b> stable.
 */
@NullMarked
package io.ftpalg.policy.inspect;

import org.jspecify.annotations.NullMarked;
