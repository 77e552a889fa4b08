/**
 * What a gateway is to be: immutable records, one for each thing that can be set, wherever it was set.
 *
 * <p>Read in this order: {@link io.ftpalg.server.settings.ProgramSettings}, the whole program;
 * {@link io.ftpalg.server.settings.ListenerSettings}, one listener, with a record for each of its subjects.
 *
 * <p>Nothing here reads a file or has the name of an option or a key: {@code io.ftpalg.server.keys} builds these records from
 * what the command line or a config file gives, and {@code io.ftpalg.server.runtime} makes gateways of them.
 */
@NullMarked
package io.ftpalg.server.settings;

import org.jspecify.annotations.NullMarked;
