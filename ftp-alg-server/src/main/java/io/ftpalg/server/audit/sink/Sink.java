package io.ftpalg.server.audit.sink;

import io.ftpalg.server.audit.record.AuditRecord;
import java.io.IOException;

/**
 * One place where audit records go. Owned by its {@link SinkWorker}, on whose thread each method runs, so that it may block. A method
 * that fails is called again with the same record, after a while.
 */
public interface Sink extends AutoCloseable {

    /** Writes the record, or keeps it until {@link #flush}. */
    void write(AuditRecord record) throws IOException;

    /** All records that there were are written: nothing may be kept any longer. */
    default void flush() throws IOException {}

    /** Some time has passed: called about once a second, whether there are records or not. */
    default void tick() throws IOException {}

    /** What it writes to may have been replaced, as log rotation does. */
    default void reopen() {}

    /** Another process writes to the same place from now on: this one leaves it to that, and continues beside it. */
    default void makeWay() throws IOException {}

    /** Closes what it has; what was not written is lost. On another thread too, where a write does not end. */
    @Override
    void close();
}
