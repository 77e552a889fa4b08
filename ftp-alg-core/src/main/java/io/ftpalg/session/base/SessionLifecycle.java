package io.ftpalg.session.base;

import io.ftpalg.policy.CloseCause;
import io.ftpalg.protocol.FtpReply;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The state of a session, and the way to close it from any of its parts. Owned by the session. */
public final class SessionLifecycle {

    /** Closes the session. */
    public interface Closer {

        /**
         * Cuts what runs, sends the last reply, and closes both control connections.
         *
         * @param detail for the log
         */
        public void close(CloseCause cause, String detail, Optional<FtpReply> lastReply);
    }

    private SessionState state = SessionState.NEW;
    private @Nullable Closer closer;

    /** Sets what closes the session, once, before its first event. */
    public void closeBy(Closer by) {
        closer = by;
    }

    public SessionState state() {
        return state;
    }

    /** Takes the step, if the table has it. */
    public void become(SessionState next) {
        if (!state.mayBecome(next)) {
            throw new IllegalStateException("no step from " + state + " to " + next);
        }
        state = next;
    }

    /** Closes the session; the detail is for the log. */
    public void close(CloseCause cause, String detail, Optional<FtpReply> lastReply) {
        if (closer == null) {
            throw new IllegalStateException("no action closes this session");
        }
        closer.close(cause, detail, lastReply);
    }
}
