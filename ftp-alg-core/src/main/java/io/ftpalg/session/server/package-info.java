/**
 * The session's connection to the server: which server, its greeting, TLS and replies, and which data syntaxes it supports.
 *
 * <p>Read in this order: {@link io.ftpalg.session.server.ServerConnection};
 * {@link io.ftpalg.session.server.ServerChoice}, the servers of a route in the order in which they are tried;
 * {@link io.ftpalg.session.server.ServerSecuring}, AUTH, PBSZ and PROT; {@link io.ftpalg.session.server.ServerReplies}, which
 * command a reply belongs to; {@link io.ftpalg.session.server.ServerSyntaxes}.
 *
 * <p>Imports {@code session.base} only: what is sent to the server for a command is decided by its exchange.
 */
@NullMarked
package io.ftpalg.session.server;

import org.jspecify.annotations.NullMarked;
