/**
 * Copies of the files that transfers move, and the manifest that lists them.
 *
 * <p>Read in this order: a {@link io.ftpalg.server.inspect.tee.Tee} is made of {@link io.ftpalg.server.inspect.tee.TeeSettings} and
 * returns a {@link io.ftpalg.server.inspect.tee.TeeCopy} for each file to copy, which writes to a
 * {@link io.ftpalg.server.inspect.tee.CopyTarget} of a {@link io.ftpalg.server.inspect.tee.CopyStore}, on threads of its own: a
 * directory ({@link io.ftpalg.server.inspect.tee.DirectoryStore}) or a bucket ({@link io.ftpalg.server.inspect.tee.S3Store}). The file is a {@link io.ftpalg.server.inspect.tee.CopiedFile}, and
 * how its copy ended a {@link io.ftpalg.server.inspect.tee.CopyOutcome}; both make a line of the manifest
 * ({@link io.ftpalg.server.inspect.tee.ManifestLine}).
 *
 * <p>Imports {@code files}, {@code scan}, {@code json}, {@code log}, {@code audit.record} for texts of peers, and the library.
 */
@NullMarked
package io.ftpalg.server.inspect.tee;

import org.jspecify.annotations.NullMarked;
