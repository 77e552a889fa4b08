package io.ftpalg.server.audit.sink;

import java.util.List;

/**
 * What is configured of the audit.
 *
 * @param instance the name of the gateway in records
 * @param sinks where records go, each with a name of its own; at least one
 */
public record AuditSettings(String instance, List<SinkSettings> sinks) {
    public AuditSettings {
        sinks = List.copyOf(sinks);
    }
}
