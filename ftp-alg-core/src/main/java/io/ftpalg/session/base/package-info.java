/**
 * What the parts of a session share: its actions, settings, state and timers, and the state of its client, login and
 * next transfer.
 *
 * <p>Read in this order: {@link io.ftpalg.session.base.SessionActions}, all that a session can do;
 * {@link io.ftpalg.session.base.SessionState}, its table of states; {@link io.ftpalg.session.base.SessionSettings};
 * {@link io.ftpalg.session.base.Timers}; {@link io.ftpalg.session.base.ClientReplies};
 * {@link io.ftpalg.session.base.Login}; {@link io.ftpalg.session.base.DataPlan}, what both sides agreed for the next transfer.
 *
 * <p>Imports of the session only {@code data}: no class here depends on a command, an exchange or the server connection.
 */
@NullMarked
package io.ftpalg.session.base;

import org.jspecify.annotations.NullMarked;
