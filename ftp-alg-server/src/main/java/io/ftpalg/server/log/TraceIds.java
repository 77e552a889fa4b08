package io.ftpalg.server.log;

import java.util.Optional;

/** The traces of the sessions of one gateway. */
@FunctionalInterface
public interface TraceIds {

    /** Returns the id of the trace of a live session, 32 hexadecimal digits, if it has one. On the event loop of the session. */
    Optional<String> of(long session);
}
