package io.ftpalg.session;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpCommand;
import io.ftpalg.protocol.FtpVerb;
import io.ftpalg.protocol.Replies;
import java.util.Optional;

/** What the gateway answers itself while the client has not named a server yet. */
final class NoServerRule implements CommandRule {

    @Override
    public void apply(FtpCommand command, FtpSession session) {
        FtpVerb verb = command.verb();
        switch (verb) {
            case QUIT -> session.close(CloseCause.QUIT, "", Optional.of(Replies.GOODBYE));
            case NOOP -> session.voice().answer(Replies.OK);
            case SYST -> session.voice().answer(Replies.SYSTEM);
            case HELP -> session.voice().answer(Replies.HELP);
            case FEAT -> session.voice().answer(Features.own(session.settings().clientTls()));
            case OPTS, LANG, CLNT -> session.voice().answer(Replies.BAD_ARGUMENT);
            case OTHER -> session.voice().answer(Replies.NOT_ALLOWED);
            default -> session.voice().answer(Replies.NOT_LOGGED_IN);
        }
    }
}
