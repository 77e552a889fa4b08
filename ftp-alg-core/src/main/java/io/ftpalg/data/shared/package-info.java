/**
 * Passive ports that all sessions share: one listening socket a port, which stays open. Of two sessions of one client address one waits
 * for the other.
 */
@NullMarked
package io.ftpalg.data.shared;

import org.jspecify.annotations.NullMarked;
