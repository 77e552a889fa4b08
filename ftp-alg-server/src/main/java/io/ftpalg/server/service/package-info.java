/**
 * What the service manager that started this program (systemd) and the program agree on: notifications by sd_notify(3), and
 * listening sockets by sd_listen_fds(3). Both are in the environment; without it nothing happens here.
 *
 * <p>Read {@link io.ftpalg.server.service.ServiceManager} first; {@link io.ftpalg.server.service.NotifySocket} sends what it
 * reports, {@link io.ftpalg.server.service.LoopRound} finds out whether the event loops run, and
 * {@link io.ftpalg.server.service.PassedDescriptors} reads which sockets there are. Imports no other package of this program.
 */
@NullMarked
package io.ftpalg.server.service;

import org.jspecify.annotations.NullMarked;
