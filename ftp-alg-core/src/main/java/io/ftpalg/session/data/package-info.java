/**
 * Values about data connections that actions and events of a session carry.
 *
 * <p>{@link io.ftpalg.session.data.TransferResult} is what came of the data of a transfer.
 *
 * <p>Imports no other package of the session.
 */
@NullMarked
package io.ftpalg.session.data;

import org.jspecify.annotations.NullMarked;
