/**
 * Encrypted temporary files for what inspections hold back beyond their memory.
 *
 * <p>Read in this order: a {@link io.ftpalg.server.inspect.spill.SpillSpace} is made of
 * {@link io.ftpalg.server.inspect.spill.SpillSettings}, and has an {@link io.ftpalg.server.inspect.spill.EncryptedFile} for each transfer,
 * named by {@link io.ftpalg.server.inspect.spill.SpillFiles}.
 *
 * <p>Imports the library only.
 */
@NullMarked
package io.ftpalg.server.inspect.spill;

import org.jspecify.annotations.NullMarked;
