/**
 * Moves the bytes of data connections; knows no FTP command and no session.
 *
 * <p>Read in this order: {@link io.ftpalg.data.DataChannels} opens the two {@link io.ftpalg.data.DataLeg}s of a transfer
 * ({@link io.ftpalg.data.ListenRequest}, {@link io.ftpalg.data.DialRequest}) and tells a
 * {@link io.ftpalg.data.DataLegListener} how that goes; {@link io.ftpalg.data.DataRelays} chooses the
 * {@link io.ftpalg.data.DataRelay} that joins them, a {@link io.ftpalg.data.SpliceRelay} or a
 * {@link io.ftpalg.data.BufferRelay}; it ends exactly once, with a {@link io.ftpalg.data.RelayResult}. A
 * {@link io.ftpalg.data.BufferFlow} reads as {@link io.ftpalg.data.HeldBytes} and {@link io.ftpalg.data.ReadSizer} allow,
 * within the {@link io.ftpalg.data.RelayMemory} of its loop.
 *
 * <p>Underneath, a leg is a {@link io.ftpalg.data.ChannelLeg}: brought about by {@link io.ftpalg.data.ChannelListen} with
 * its {@link io.ftpalg.data.DataPeerFilter}, or by {@link io.ftpalg.data.ChannelDial}; a
 * {@link io.ftpalg.data.HoldingHandler} keeps what comes early; {@link io.ftpalg.data.DataSockets} has the rules for
 * closing. {@link io.ftpalg.data.FreePorts} finds local ports by trying, {@link io.ftpalg.data.PacketMarks} is what packets
 * are known by. {@link io.ftpalg.data.PortRanges} with its {@link io.ftpalg.data.PassivePorts} are the only things here that
 * sessions share.
 *
 * <p>Everything else runs on the event loop of its session. Must not import {@code session}, {@code codec} or
 * {@code control}.
 */
@NullMarked
package io.ftpalg.data;

import org.jspecify.annotations.NullMarked;
