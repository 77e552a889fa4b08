/**
 * What scanners have in common, whatever their protocol.
 *
 * <p>Read in this order: a {@link io.ftpalg.server.inspect.scan.Scan} of a file, which a
 * {@link io.ftpalg.server.inspect.scan.TimedScan} reports to a {@link io.ftpalg.server.inspect.scan.ScanListener};
 * {@link io.ftpalg.server.inspect.scan.OnFailure}, {@link io.ftpalg.server.inspect.scan.ScannerHealth}, and
 * {@link io.ftpalg.server.inspect.scan.Printable} for what a scanner sent.
 *
 * <p>Imports the library only, nothing of the server.
 */
@NullMarked
package io.ftpalg.server.inspect.scan;

import org.jspecify.annotations.NullMarked;
