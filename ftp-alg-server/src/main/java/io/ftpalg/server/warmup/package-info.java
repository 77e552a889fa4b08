/**
 * Sessions of the gateway with itself before it is ready, so that the JVM has compiled what sessions need.
 *
 * <p>Read in this order: {@link io.ftpalg.server.warmup.WarmUp}, which runs them; {@code LoopbackClient}, one session after another;
 * {@code LoopbackServer} with {@code LoopbackSession}, the server that they reach. What they use is bound to 127.0.0.1 and closed at the
 * end. Imports no other package of the program.
 */
@NullMarked
package io.ftpalg.server.warmup;

import org.jspecify.annotations.NullMarked;
