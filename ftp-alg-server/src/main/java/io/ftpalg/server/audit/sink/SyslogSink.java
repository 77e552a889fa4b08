package io.ftpalg.server.audit.sink;

import io.ftpalg.server.audit.record.AuditRecord;
import io.ftpalg.server.audit.sink.SinkSettings.SyslogSettings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends records to a syslog server, a batch at a time: one that was not sent whole is sent again on another connection. Used by one
 * thread, which a server that does not read blocks; closed on any.
 */
final class SyslogSink implements Sink {
    private final SyslogSettings settings;
    private final SyslogTransport transport;
    private final long pid = ProcessHandle.current().pid();
    private final List<byte[]> batch = new ArrayList<>();

    SyslogSink(SyslogSettings settings, SyslogTransport transport) {
        this.settings = settings;
        this.transport = transport;
    }

    @Override
    public void write(AuditRecord record) {
        batch.add(SyslogMessage.of(record, settings.facility(), pid));
    }

    @Override
    public void flush() throws IOException {
        for (byte[] message : batch) {
            transport.send(message);
        }
        transport.flush();
        batch.clear();
    }

    /** The name may have another address now. */
    @Override
    public void reopen() {
        transport.close();
    }

    @Override
    public void close() {
        transport.close();
    }
}
