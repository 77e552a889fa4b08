/** What is written of the table of keys: the JSON Schema for editors, and the reference in {@code docs/}. */
@NullMarked
package io.ftpalg.server.config.schema;

import org.jspecify.annotations.NullMarked;
