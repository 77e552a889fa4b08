/**
 * The keys of the inspection of content: {@link io.ftpalg.server.keys.inspect.InspectionKeys}.
 *
 * <p>Imports {@code keys.form} and the settings that it makes, not the keys of other subjects.
 */
@NullMarked
package io.ftpalg.server.keys.inspect;

import org.jspecify.annotations.NullMarked;
