/**
 * Rules: an ordered list that decides on each command, by client, user, path, time and more; and what replies to clients show.
 *
 * <p>Read in this order: {@link io.ftpalg.rules.Rule} with {@link io.ftpalg.rules.Conditions} and
 * {@link io.ftpalg.rules.Action}; {@link io.ftpalg.rules.RuleSet}, which decides, with {@link io.ftpalg.rules.Decision};
 * {@link io.ftpalg.rules.RuleFilter} and {@link io.ftpalg.rules.RuleReplyFilter}, which sessions ask;
 * {@link io.ftpalg.rules.ReplyRules}; {@link io.ftpalg.rules.ShadowedRules}, which finds rules that can never match. The
 * subpackage {@code path} is below and has what paths come to.
 *
 * <p>Pure: a decision depends on the command, the {@link io.ftpalg.policy.FilterContext} and the time, and on nothing else. Everything
 * here is immutable and used by all event loops. Imports the JDK, {@code io.ftpalg.policy} and {@code io.ftpalg.protocol} only.
 *
 * <p><b>Status:</b> experimental.
 */
@NullMarked
package io.ftpalg.rules;

import org.jspecify.annotations.NullMarked;
