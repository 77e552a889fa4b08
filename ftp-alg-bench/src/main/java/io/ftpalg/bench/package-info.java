/**
 * JMH benchmarks of the core; {@code java -jar ftp-alg-bench/target/benchmarks.jar} runs them all, with {@code -prof gc} it
 * also tells how much they allocate.
 */
@NullMarked
package io.ftpalg.bench;

import org.jspecify.annotations.NullMarked;
