/**
 * Short programs that show how the library is used, each with a {@code main}. {@code ExamplesTest} runs them; docs/embedding.md
 * quotes them.
 */
@NullMarked
package io.ftpalg.examples;

import org.jspecify.annotations.NullMarked;
