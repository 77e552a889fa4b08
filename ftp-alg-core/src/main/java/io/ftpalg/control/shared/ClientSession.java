package io.ftpalg.control.shared;

import io.ftpalg.live.SessionSnapshot;
import io.ftpalg.live.SessionTracer;
import io.netty.channel.EventLoop;

/** A session of FTP among those of a gateway, as operators see it; from any thread, where it is not said otherwise. */
public interface ClientSession extends LiveSession {
    /** Returns the event loop on which it lives. */
    EventLoop loop();

    /** Returns its number. */
    long id();

    /** Returns how it is now; on its loop. */
    SessionSnapshot snapshot();

    /** Ends it, as an operator asked; who that is is for the log only. */
    void endByOperator(String by);

    /** Gives its lines to this tracer from now on, if that wants them; on its loop. */
    void trace(SessionTracer tracer);

    /** Gives no more lines to this tracer; on its loop. */
    void endTrace(SessionTracer tracer);
}
