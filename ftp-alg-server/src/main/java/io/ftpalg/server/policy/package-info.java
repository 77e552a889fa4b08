/**
 * Rules as operators write them: {@link io.ftpalg.server.policy.RuleText} reads and prints the parts of a rule,
 * {@link io.ftpalg.server.policy.RegexPattern} is a regular expression of one, {@link io.ftpalg.server.policy.Profile} has rules
 * that are ready-made, {@link io.ftpalg.server.policy.ValidCommands} makes rules of SUSE's list of commands; and
 * {@link io.ftpalg.server.policy.Question} with {@link io.ftpalg.server.policy.Answer}, what {@code ftp-alg explain} reads and
 * prints.
 *
 * <p>The rules themselves are {@code io.ftpalg.rules} of the core. Imports {@code users} only.
 */
@NullMarked
package io.ftpalg.server.policy;

import org.jspecify.annotations.NullMarked;
