package io.ftpalg.session.exchange;

import io.ftpalg.protocol.FtpCommand;

/** Handles a command. Stateless: a rule replies at once, or opens an {@link Exchange} that lasts until the reply. */
@FunctionalInterface
public interface CommandRule {

    /** Takes up the command; the session has no other one in flight. */
    void apply(FtpCommand command, SessionContext session);
}
