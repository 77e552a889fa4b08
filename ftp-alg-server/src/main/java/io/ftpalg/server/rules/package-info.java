/**
 * The rules of the packet filter, the routes and the settings of the kernel that transparent mode and the kernel's data path need: a script,
 * as {@code ftp-alg rules} prints it.
 *
 * <p>Begin with {@link io.ftpalg.server.rules.RulesScript}. Knows settings only, and runs nothing.
 */
@NullMarked
package io.ftpalg.server.rules;

import org.jspecify.annotations.NullMarked;
