/**
 * Files of the operator: read only if they are regular ({@link io.ftpalg.server.files.RegularFiles}), compared by
 * {@link io.ftpalg.server.files.FileStamps}, published as sockets ({@link io.ftpalg.server.files.SocketFile}), made into replies by {@link io.ftpalg.server.files.TextFiles},
 * or into headers of HTTP by {@link io.ftpalg.server.files.HeaderFile}. It imports no other
 * package of the server.
 */
@NullMarked
package io.ftpalg.server.files;

import org.jspecify.annotations.NullMarked;
