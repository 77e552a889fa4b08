/**
 * The config file: reading one strictly, with the place of everything that is wrong, and writing one as it is in effect.
 *
 * <p>Read in this order: {@link io.ftpalg.server.config.ConfigLoader}; {@link io.ftpalg.server.config.ConfigReader}, which makes a
 * {@link io.ftpalg.server.config.ConfigTable} of the nodes of the file by the table in {@code io.ftpalg.server.keys}; {@code FileSection},
 * which hands it to the readers there; {@link io.ftpalg.server.config.ConfigProblems};
 * {@link io.ftpalg.server.config.EffectiveConfig}. It does not use the command line.
 */
@NullMarked
package io.ftpalg.server.config;

import org.jspecify.annotations.NullMarked;
