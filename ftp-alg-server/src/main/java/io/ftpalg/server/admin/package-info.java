/**
 * The HTTP server of the operator: metrics, health, the page and its API are routes of it, none of which is here.
 *
 * <p>Read in this order: {@link io.ftpalg.server.admin.AdminRoute} with {@link io.ftpalg.server.admin.AdminRequest} and
 * {@link io.ftpalg.server.admin.AdminResponse}, which is all that a route needs, and
 * {@link io.ftpalg.server.admin.EventStream} for responses that continue; {@link io.ftpalg.server.admin.AdminRoutes}, the table of
 * routes; {@link io.ftpalg.server.admin.AdminServer}, which opens and closes what settings name;
 * {@code AdminPipelines}, the pipeline of a connection; {@code AdminHandler}, from a request to its response;
 * {@code RequestRules} and {@code AdminAccess}, what is refused before a route is asked.
 *
 * <p>Everything here runs on one event loop of its own, which is none of those of sessions. Must not import gateways or sessions.
 */
@NullMarked
package io.ftpalg.server.admin;

import org.jspecify.annotations.NullMarked;
