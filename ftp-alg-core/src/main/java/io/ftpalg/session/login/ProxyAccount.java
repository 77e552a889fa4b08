package io.ftpalg.session.login;

import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.ReplyLine;
import io.ftpalg.session.exchange.SessionContext;
import java.util.Optional;

/**
 * The gateway's own reply to an FTP proxy that wants ACCT (332) after the client's PASS, once a login: the client receives nothing of
 * it. Owned by an exchange of the login.
 */
final class ProxyAccount {
    private static final int WANTED = 332;

    private final SessionContext session;
    private boolean sent;

    ProxyAccount(SessionContext session) {
        this.session = session;
    }

    /** Returns whether the line of a reply to this command is the proxy's, which is sent its account at the end of it. */
    boolean takes(ReplyLine line, FtpVerb verb) {
        if (sent || verb != FtpVerb.PASS || line.code() != WANTED) {
            return false;
        }
        Optional<FtpCommand> account = session.server().proxyAccount();
        if (account.isPresent() && line.ends()) {
            sent = true;
            session.port().toServer(account.get());
            session.replies().await();
        }
        return account.isPresent();
    }
}
