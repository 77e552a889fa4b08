/**
 * The audit: who did what, as records in files and elsewhere. {@link io.ftpalg.server.audit.Audit} numbers records and hands them to
 * the sinks, {@code SessionRecords} makes them of the events of sessions, and {@code AuditGate} refuses sessions and transfers that
 * could not be recorded. Records and sinks are in the packages below; the commands are in {@code audit.verify}.
 */
@NullMarked
package io.ftpalg.server.audit;

import org.jspecify.annotations.NullMarked;
