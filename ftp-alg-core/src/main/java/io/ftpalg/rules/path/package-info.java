/**
 * Which paths a command names, and what they come to: pure text, so that rules decide on the path that the server will use.
 *
 * <p>Read in this order: {@link io.ftpalg.rules.path.PathArgument} with {@link io.ftpalg.rules.path.NamedPath};
 * {@link io.ftpalg.rules.path.PathResolver} with {@link io.ftpalg.rules.path.Resolution};
 * {@link io.ftpalg.rules.path.TextPattern}.
 *
 * <p>Everything here is stateless or immutable, and may be used on any thread. Imports the JDK and {@code io.ftpalg.protocol}
 * only.
 *
 * <p><b>Status:</b> experimental.
 */
@NullMarked
package io.ftpalg.rules.path;

import org.jspecify.annotations.NullMarked;
