/**
 * What a key of the config file is, and what is given for it.
 *
 * <p>Read in this order: {@link io.ftpalg.server.keys.form.Key} and {@link io.ftpalg.server.keys.form.Section}, of which the tables of
 * {@code io.ftpalg.server.keys} are made; {@link io.ftpalg.server.keys.form.Given}, through which the command line and a config file
 * hand over what they have.
 *
 * <p>It imports neither the tables nor the readers.
 */
@NullMarked
package io.ftpalg.server.keys.form;

import org.jspecify.annotations.NullMarked;
