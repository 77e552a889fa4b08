/**
 * The inspection of the content of transfers, as the config file has it.
 *
 * <p>Read in this order: a {@link io.ftpalg.server.inspect.ContentInspector} is made of
 * {@link io.ftpalg.server.inspect.InspectionSettings} and returns an {@link io.ftpalg.server.inspect.InspectionChain} for each file,
 * through which its bytes pass once: names and sizes ({@link io.ftpalg.server.inspect.FileRules}), the type by content
 * ({@link io.ftpalg.server.inspect.TypeInspection}), hashes ({@link io.ftpalg.server.inspect.HashInspection} with a
 * {@link io.ftpalg.server.inspect.BlockList}), clamd ({@link io.ftpalg.server.inspect.ClamScan}, over a
 * {@link io.ftpalg.server.inspect.ClamClient}) and {@code inspect.icap}; {@code inspect.tee} copies
 * them.
 *
 * <p>Imports {@code files}, {@code inspect.icap}, {@code inspect.scan}, {@code inspect.tee} and the library; no settings of other subjects.
 */
@NullMarked
package io.ftpalg.server.inspect;

import org.jspecify.annotations.NullMarked;
