package io.ftpalg.session.exchange;

import io.ftpalg.protocol.FtpCommand;

/** What a command does. Stateless: a rule answers at once, or opens an {@link Exchange} that lasts until the answer. */
@FunctionalInterface
public interface CommandRule {

    /** Takes up the command; the session has no other one in flight. */
    void apply(FtpCommand command, SessionContext session);
}
