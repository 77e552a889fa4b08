package io.ftpalg.session;

import io.ftpalg.policy.AlgListener;
import io.ftpalg.policy.ClientTls;
import io.ftpalg.policy.CommandFilter;
import io.ftpalg.policy.DataConnect;
import io.ftpalg.policy.Limits;
import io.ftpalg.policy.Router;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What all sessions of a gateway have in common.
 *
 * @param router where sessions go
 * @param filter decides on each command first
 * @param listener is told what happens
 * @param limits how much and how long
 * @param passiveAddress the IPv4 address that clients are told in a 227 reply, if not the one that they connected to
 * @param dataConnect when the server's data port is dialled
 * @param clientTls how clients are protected
 */
public record SessionSettings(Router router, CommandFilter filter, AlgListener listener, Limits limits,
        Optional<InetAddress> passiveAddress, DataConnect dataConnect, ClientTls clientTls) {
}
