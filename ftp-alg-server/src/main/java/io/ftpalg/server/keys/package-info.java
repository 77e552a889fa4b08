/**
 * The one table of keys and options, and the readers that make settings of them.
 *
 * <p>Read in this order: {@link io.ftpalg.server.keys.ProgramKeys} and the tables below it, which have each {@code Key} with its
 * form, default, description, option and meaning; {@link io.ftpalg.server.keys.form.Given}, through which the command line and a
 * config file hand over what they have; {@link io.ftpalg.server.keys.ProgramReader} and the readers below it, which make
 * {@code io.ftpalg.server.settings} of that and check what contradicts.
 *
 * <p>It imports neither {@code cli} nor {@code config}: whether a message names {@code --tls-cert} or
 * {@code tls.certificates.cert}, and where that was given, is a matter of {@code Given}.
 */
@NullMarked
package io.ftpalg.server.keys;

import org.jspecify.annotations.NullMarked;
