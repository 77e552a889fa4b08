package io.ftpalg.session.transfer;

import io.ftpalg.policy.AlgListener.Rejected.Reason;
import io.ftpalg.protocol.DataSyntax;
import io.ftpalg.protocol.DataSyntaxException;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpReply;
import io.ftpalg.protocol.IpLiteral;
import io.ftpalg.protocol.Replies;
import io.ftpalg.protocol.Side;
import io.ftpalg.session.exchange.CommandRule;
import io.ftpalg.session.exchange.SessionContext;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * PORT, EPRT, PASV and EPSV of the client: checked here, agreed with the server by a {@link DataPortExchange} (RFC 959
 * section 4.1.2, RFC 2428, and RFC 2577 against bounces).
 */
public final class DataPortRule implements CommandRule {
    @Override
    public void apply(FtpCommand command, SessionContext session) {
        DataSyntax syntax = DataSyntax.of(command.verb());
        boolean ipv6 = IpLiteral.canonical(session.client().getAddress()) instanceof Inet6Address;
        if (session.data().epsvAll() && syntax != DataSyntax.EPSV) {
            session.clientReplies().answer(Replies.EPSV_ALL_IN_FORCE);
        } else if (syntax == DataSyntax.PASV && ipv6) {
            session.clientReplies().answer(Replies.NO_IPV4_ADDRESS);
        } else if (syntax == DataSyntax.PASV) {
            agree(command, syntax, Optional.empty(), session);
        } else if (syntax == DataSyntax.EPSV) {
            applyEpsv(command, ipv6, session);
        } else {
            applyActive(command, syntax, session);
        }
    }

    private static void applyEpsv(FtpCommand command, boolean ipv6, SessionContext session) {
        switch (command.argument().strip().toUpperCase(Locale.ROOT)) {
            case "" -> agree(command, DataSyntax.EPSV, Optional.empty(), session);
            case "ALL" -> {
                // The gateway replies itself: the server's leg may have to stay free to fall back to PASV.
                session.data().epsvAll(true);
                session.clientReplies().answer(Replies.EPSV_ALL_OK);
            }
            case "1" -> applyEpsvFamily(command, !ipv6, Replies.USE_IPV6, session);
            case "2" -> applyEpsvFamily(command, ipv6, Replies.USE_IPV4, session);
            default -> session.clientReplies().answer(Replies.USE_IPV4_OR_IPV6);
        }
    }

    private static void applyEpsvFamily(FtpCommand command, boolean ours, FtpReply refusal, SessionContext session) {
        if (ours) {
            agree(command, DataSyntax.EPSV, Optional.empty(), session);
        } else {
            session.clientReplies().answer(refusal);
        }
    }

    private static void applyActive(FtpCommand command, DataSyntax syntax, SessionContext session) {
        InetSocketAddress address;
        try {
            address = syntax.parse(command.argument(), session.client().getAddress());
        } catch (DataSyntaxException e) {
            session.clientReplies().answer(e.reply());
            return;
        }
        boolean mayBeNamed = session.settings()
                .dataPeers()
                .mayBeNamed(address.getAddress(), session.client().getAddress());
        if (!mayBeNamed || session.port().isOwn(address)) {
            session.events().rejected(Reason.BOUNCE, Side.CLIENT, session.client(), Optional.of(address));
            session.clientReplies().answer(Replies.BAD_DATA_ADDRESS);
        } else if (address.getPort() < DataPortExchange.LOWEST_PORT) {
            session.events().rejected(Reason.BOUNCE, Side.CLIENT, session.client(), Optional.of(address));
            session.clientReplies().answer(Replies.BAD_DATA_PORT);
        } else {
            agree(command, syntax, Optional.of(address), session);
        }
    }

    private static void agree(
            FtpCommand command, DataSyntax syntax, Optional<InetSocketAddress> target, SessionContext session) {
        session.open(new DataPortExchange(session, command, syntax, target));
    }
}
