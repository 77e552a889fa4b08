/**
 * The JSON API of the admin server, {@code /api/v1}, as docs/openapi.yaml has it.
 *
 * <p>Read in this order: {@link io.ftpalg.server.admin.api.AdminApi}, the table of its routes;
 * {@link io.ftpalg.server.admin.api.EventRecords}, what it keeps of the events of sessions; {@code SessionPages}, one page of the live
 * sessions; {@code Actions}, what operators do, each of which is an audit event; {@code EventStreams}, server-sent events;
 * {@code TraceRoutes}.
 *
 * <p>Runs on the event loop of the admin server; what blocks runs on a thread of its own.
 */
@NullMarked
package io.ftpalg.server.admin.api;

import org.jspecify.annotations.NullMarked;
