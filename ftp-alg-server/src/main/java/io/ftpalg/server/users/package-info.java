/**
 * Users of the gateway, from an Apache password file or a directory, for {@link io.ftpalg.policy.login.ProxyUsers}.
 *
 * <p>Read in this order: {@link io.ftpalg.server.users.HtpasswdUsers}, with {@code HtpasswdFile}, {@code GroupFile} and
 * {@code PasswordHash} ({@code BcryptHash}, {@code Argon2Hash}), and {@code ReloadedFiles}, which reads them again;
 * {@link io.ftpalg.server.users.LdapUsers} with its {@link io.ftpalg.server.users.LdapSettings}, {@code LdapServers}, which
 * connects, {@code LdapDirectory}, which asks, and {@code LdapTemplates}, which escapes;
 * {@link io.ftpalg.server.users.UserSources}, which asks several. {@code CheckThreads} does the work: nothing here runs on
 * an event loop for longer than it takes to put it in a queue.
 *
 * <p>Names and passwords come from the control connection, where a char is a byte; {@code ClientText}
 * converts them. Does not use the command line. What is wrong is a {@code UsersException} of one line.
 */
@NullMarked
package io.ftpalg.server.users;

import org.jspecify.annotations.NullMarked;
