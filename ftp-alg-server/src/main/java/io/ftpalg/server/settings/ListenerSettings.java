package io.ftpalg.server.settings;

import io.ftpalg.policy.Limits;
import io.ftpalg.policy.ListenerProtocol;
import io.ftpalg.policy.ProxyProtocol;
import io.ftpalg.protocol.TelnetMode;
import io.ftpalg.server.inspect.InspectionSettings;
import io.ftpalg.server.policy.RuleSettings;
import java.util.Optional;

/**
 * The settings of one listener: where clients connect, and how their sessions are handled.
 *
 * @param bind the addresses that clients connect to
 * @param routing where sessions go
 * @param data data connections
 * @param clientTls TLS with clients
 * @param serverTls TLS with servers
 * @param login how clients log in
 * @param access admission of clients
 * @param texts texts of the operator that clients receive
 * @param telnet where 0xFF on the control connection is Telnet's
 * @param limits how much and how long
 * @param transparent that clients do not know of the gateway, if so
 * @param protocol the protocol that clients begin with
 * @param proxyProtocol the balancers that name clients, if there are any
 * @param rules what clients may do
 * @param inspection how the content of transfers is inspected, if it is
 */
public record ListenerSettings(
        BindSettings bind,
        RoutingSettings routing,
        DataSettings data,
        ClientTlsSettings clientTls,
        ServerTlsSettings serverTls,
        LoginSettings login,
        AccessSettings access,
        TextSettings texts,
        TelnetMode telnet,
        Limits limits,
        Optional<TransparentSettings> transparent,
        ListenerProtocol protocol,
        Optional<ProxyProtocol> proxyProtocol,
        RuleSettings rules,
        Optional<InspectionSettings> inspection) {}
