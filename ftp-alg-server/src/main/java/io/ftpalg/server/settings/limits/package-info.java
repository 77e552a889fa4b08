/**
 * What users, groups and routes may do at most: {@link io.ftpalg.server.settings.limits.QuotaSettings} of
 * {@link io.ftpalg.server.settings.limits.QuotaRule}s, {@link io.ftpalg.server.settings.limits.ConcurrencySettings}.
 *
 * <p>Imports the JDK only.
 */
@NullMarked
package io.ftpalg.server.settings.limits;

import org.jspecify.annotations.NullMarked;
