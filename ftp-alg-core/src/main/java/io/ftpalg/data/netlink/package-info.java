/**
 * Netlink of netfilter: the messages that configure what the kernel does with connections, and report their state.
 *
 * <p>Read in this order: a {@link io.ftpalg.data.netlink.NetlinkWriter} builds requests, and a
 * {@link io.ftpalg.data.netlink.NetlinkSocket} sends them and reads answers, whose lengths
 * {@link io.ftpalg.data.netlink.NetlinkMessage} and {@link io.ftpalg.data.netlink.NetlinkAttributes} check;
 * {@link io.ftpalg.data.netlink.NftBatch} is a transaction of nftables with the {@link io.ftpalg.data.netlink.NftMap}s and
 * {@link io.ftpalg.data.netlink.NftRule}s of a table, {@link io.ftpalg.data.netlink.Conntrack} reads and deletes entries of connections
 * ({@link io.ftpalg.data.netlink.ConntrackEntry}), and {@link io.ftpalg.data.netlink.PacketLog} receives the packets that rules log
 * ({@link io.ftpalg.data.netlink.LoggedPacket}).
 *
 * <p>Has no session and no transfer in it; which table there is and what its connections mean stands in
 * {@code io.ftpalg.data.kernel}. Imports nothing else of data.
 */
@NullMarked
package io.ftpalg.data.netlink;

import org.jspecify.annotations.NullMarked;
