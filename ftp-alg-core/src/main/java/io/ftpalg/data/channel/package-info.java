/**
 * Data connections that are Netty channels, on every transport.
 *
 * <p>Read in this order: {@link io.ftpalg.data.channel.ChannelListen} with its {@link io.ftpalg.data.channel.DataPeerFilter}
 * and {@link io.ftpalg.data.channel.ChannelDial} bring a {@link io.ftpalg.data.channel.ChannelLeg} about;
 * {@link io.ftpalg.data.channel.DataSockets} sets its channel up and has the rules for closing it; a
 * {@link io.ftpalg.data.channel.HoldingHandler} keeps what arrives before a relay; a {@link io.ftpalg.data.channel.ReadSizer}
 * chooses how much is read at a time.
 *
 * <p>Imports of data {@code port} and {@code leg}.
 */
@NullMarked
package io.ftpalg.data.channel;

import org.jspecify.annotations.NullMarked;
