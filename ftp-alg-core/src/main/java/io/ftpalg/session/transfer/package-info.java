/**
 * Data ports and transfers: PASV, EPSV, PORT and EPRT, and every command that moves data.
 *
 * <p>Read in this order: {@link io.ftpalg.session.transfer.DataPortRule} and
 * {@link io.ftpalg.session.transfer.DataPortExchange} agree the two legs; {@link io.ftpalg.session.transfer.TransferRule} and
 * {@link io.ftpalg.session.transfer.TransferExchange} use them: replies on one side, data
 * ({@link io.ftpalg.session.transfer.TransferData}) on the other; {@link io.ftpalg.session.transfer.OvertakingCommands} are ABOR
 * and STAT during a transfer.
 *
 * <p>Imports {@code session.exchange} and below.
 */
@NullMarked
package io.ftpalg.session.transfer;

import org.jspecify.annotations.NullMarked;
