/**
 * JMH benchmarks of the core; {@code java -jar ftp-alg-bench/target/benchmarks.jar} runs them all, with {@code -prof gc} it
 * also reports how much they allocate.
 *
 * <p>{@link io.ftpalg.bench.DataSyntaxBenchmark} and {@link io.ftpalg.bench.CodecBenchmark} read and write single lines;
 * {@link io.ftpalg.bench.SessionBenchmark} is a session without sockets, on an {@link io.ftpalg.bench.AnsweringPort};
 * {@link io.ftpalg.bench.RelayBenchmark} moves files over loopback, each a {@link io.ftpalg.bench.Download} between
 * {@link io.ftpalg.bench.RelayPeers} in one {@link io.ftpalg.bench.RelayKind}; {@link io.ftpalg.bench.TlsRelayBenchmark} does
 * so with {@link io.ftpalg.bench.BenchTls} on its {@link io.ftpalg.bench.TlsLegs}, between
 * {@link io.ftpalg.bench.TlsRelayPeers}. They look into what the core does not export, so they run on the class path.
 */
@NullMarked
package io.ftpalg.bench;

import org.jspecify.annotations.NullMarked;
