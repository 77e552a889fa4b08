package io.ftpalg.server.settings;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a new process takes the place of this one.
 *
 * @param socket the Unix domain socket by which they meet
 * @param oldSessions how long sessions of the replaced process may continue
 */
public record HandoverSettings(Path socket, Duration oldSessions) {}
