/**
 * Values about data connections that actions and events of a session carry.
 *
 * <p>{@link io.ftpalg.session.data.OffloadRequest} asks the kernel to carry a connection in place of a relay, whose ends are an
 * {@link io.ftpalg.session.data.OffloadedConnection}; {@link io.ftpalg.session.data.TransferResult} is what came of the data of a
 * transfer, whatever moved them.
 *
 * <p>Imports no other package of the session.
 */
@NullMarked
package io.ftpalg.session.data;

import org.jspecify.annotations.NullMarked;
