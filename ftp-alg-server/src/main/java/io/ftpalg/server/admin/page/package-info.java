/**
 * The page of the operator: static files, which get what they show from the API.
 *
 * <p>The files are resources beside this package; {@code PageFiles} lists them, and
 * {@link io.ftpalg.server.admin.page.PageRoutes} serves them. The page has no build step and loads nothing from elsewhere. Its parts:
 * {@code main.js} follows the events and keeps the rest up to date; {@code api.js} makes requests; {@code gateway.js}, {@code sessions.js},
 * {@code parts.js} and {@code refusals.js} are what is seen; {@code table.js}, {@code sparkline.js}, {@code dialog.js} and
 * {@code format.js} are what they are made of.
 *
 * <p>Must not import gateways, sessions or the API.
 */
@NullMarked
package io.ftpalg.server.admin.page;

import org.jspecify.annotations.NullMarked;
