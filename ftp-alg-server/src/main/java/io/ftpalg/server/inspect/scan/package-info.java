/**
 * What scanners have in common, whatever their protocol.
 *
 * <p>Read in this order: {@link io.ftpalg.server.inspect.scan.OnFailure}, and {@link io.ftpalg.server.inspect.scan.Printable} for what a
 * scanner sent.
 *
 * <p>Imports the library only, nothing of the server.
 */
@NullMarked
package io.ftpalg.server.inspect.scan;

import org.jspecify.annotations.NullMarked;
