/** JSON: {@link io.ftpalg.server.json.Json} writes and reads it. Uses the JDK only. */
@NullMarked
package io.ftpalg.server.json;

import org.jspecify.annotations.NullMarked;
