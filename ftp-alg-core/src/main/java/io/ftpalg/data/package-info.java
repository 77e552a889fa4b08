/**
 * Moves the bytes of data connections; knows no FTP command and no session.
 *
 * <p>Read in this order: {@code DataChannels} opens the two {@link io.ftpalg.data.DataLeg}s of a transfer
 * and tells a {@link io.ftpalg.data.DataLegListener} how that goes; {@code DataRelays} chooses the
 * {@link io.ftpalg.data.DataRelay} that joins them; it ends exactly once, with a {@link io.ftpalg.data.RelayResult}.
 * {@code PassivePorts} is the only thing here that sessions share.
 *
 * <p>Everything runs on the event loop of its session. Must not import {@code session}, {@code codec} or {@code control}.
 */
@NullMarked
package io.ftpalg.data;

import org.jspecify.annotations.NullMarked;
