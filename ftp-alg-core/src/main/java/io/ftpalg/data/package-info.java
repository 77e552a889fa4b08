/**
 * Opens the data connections of transfers and joins them; has no FTP command and no session in it.
 *
 * <p>Read in this order: {@link io.ftpalg.data.DataChannels} opens the two {@link io.ftpalg.data.leg.DataLeg}s of a transfer
 * ({@link io.ftpalg.data.leg.ListenRequest}, {@link io.ftpalg.data.leg.DialRequest}) and reports to a
 * {@link io.ftpalg.data.leg.DataLegListener} how that goes; {@link io.ftpalg.data.DataRelays} chooses the
 * {@link io.ftpalg.data.relay.DataRelay} that joins them, which ends exactly once, with a
 * {@link io.ftpalg.data.relay.RelayResult}.
 *
 * <p>From the bottom up: {@code port}, {@code leg}, {@code channel}, {@code tls}, {@code relay}, {@code epoll}, {@code netlink}, {@code kernel} and this package;
 * each imports only those before it. Other packages use neither {@code channel}, the sockets of {@code epoll} nor {@code netlink}.
 *
 * <p>Everything runs on the event loop of its session, but for what {@code port} shares between sessions. Must not import
 * {@code session}, {@code codec} or {@code control}.
 */
@NullMarked
package io.ftpalg.data;

import org.jspecify.annotations.NullMarked;
