package io.ftpalg.session.exchange;

import io.ftpalg.session.base.PendingCommand;
import io.ftpalg.session.base.SessionLifecycle;
import io.ftpalg.session.base.Timers;
import org.jspecify.annotations.Nullable;

/** The one command in flight: its {@link Exchange}, from its dispatch to its final reply. Owned by the session. */
public final class InFlight implements PendingCommand.Source {

    /** Dispatches commands whose turn it is. */
    public interface Dispatcher {
        /** The command that was in flight has its final reply. */
        void finished();

        /** Dispatches the client's next commands, as far as that is possible now. */
        void next();
    }

    private final SessionLifecycle lifecycle;
    private final Timers timers;
    private @Nullable Exchange exchange;
    private @Nullable Dispatcher dispatcher;

    InFlight(SessionLifecycle lifecycle, Timers timers) {
        this.lifecycle = lifecycle;
        this.timers = timers;
    }

    /** Sets what dispatches the client's next commands, once, before the session's first event. */
    public void dispatchBy(Dispatcher by) {
        dispatcher = by;
    }

    /** Opens the exchange of the command in hand. */
    void open(Exchange next) {
        timers.stop(Timers.Kind.IDLE);
        exchange = next;
        next.start();
    }

    /** Another exchange continues with the command in flight. */
    void replace(Exchange by) {
        exchange = by;
        by.start();
        next();
    }

    /** The command in flight is done: the next one may start, unless that reply was the last. */
    void finish(Exchange done) {
        if (lifecycle.state().isOver()) {
            return;
        }
        if (exchange != done) {
            throw new IllegalStateException(done.command.verb() + " is not in flight in state " + lifecycle.state());
        }
        timers.stop(Timers.Kind.REPLY);
        timers.stop(Timers.Kind.EXCHANGE);
        exchange = null;
        if (dispatcher != null) {
            dispatcher.finished();
            dispatcher.next();
        }
    }

    /** Dispatches the client's next commands, as far as that is possible now. */
    public void next() {
        if (dispatcher != null) {
            dispatcher.next();
        }
    }

    /** The session is closed. */
    public void clear() {
        exchange = null;
    }

    /** Returns the exchange of the command in flight, if there is one. */
    @Nullable
    public Exchange exchange() {
        return exchange;
    }

    @Override
    public @Nullable PendingCommand pending() {
        return exchange;
    }
}
