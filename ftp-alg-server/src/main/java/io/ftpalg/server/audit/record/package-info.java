/**
 * What an audit record is, and how it is written: {@link io.ftpalg.server.audit.record.AuditField} is the table of all fields,
 * {@link io.ftpalg.server.audit.record.AuditEvent} that of the events, {@code AuditRecord} one record,
 * {@link io.ftpalg.server.audit.record.AuditText} escapes what peers sent, {@code JsonLine} is the line of a record, and
 * {@link io.ftpalg.server.audit.record.HashChain} links lines. Stateless but for the chain; imports no other package of the server.
 */
@NullMarked
package io.ftpalg.server.audit.record;

import org.jspecify.annotations.NullMarked;
