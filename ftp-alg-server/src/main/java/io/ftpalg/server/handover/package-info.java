/**
 * Replacement of a running program by a new process, without refusing a client: the old one passes its listening sockets over a Unix
 * domain socket (SCM_RIGHTS), and ends with its last session.
 */
@NullMarked
package io.ftpalg.server.handover;

import org.jspecify.annotations.NullMarked;
