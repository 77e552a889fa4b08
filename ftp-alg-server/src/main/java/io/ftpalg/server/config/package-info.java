/**
 * The config file: which keys there are, and reading one strictly, with the place of everything that is wrong.
 *
 * <p>Read in this order: {@link io.ftpalg.server.config.ConfigKeys}, the table of all keys, from which the schema and the
 * reference in {@code docs/} are made too; {@link io.ftpalg.server.config.ConfigReader}, which makes a
 * {@link io.ftpalg.server.config.ConfigTable} of a file; {@link io.ftpalg.server.config.ConfigProblems}.
 *
 * <p>It knows keys and texts; what a text comes to is for {@code io.ftpalg.server} to say, which is not imported here.
 */
@NullMarked
package io.ftpalg.server.config;

import org.jspecify.annotations.NullMarked;
