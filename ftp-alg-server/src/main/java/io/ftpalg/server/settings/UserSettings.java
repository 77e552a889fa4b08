package io.ftpalg.server.settings;

import io.ftpalg.server.users.LdapSettings;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the gateway's own users are; the file is asked first.
 *
 * @param file their names and passwords
 * @param groups their groups
 * @param ldap a directory
 */
public record UserSettings(Optional<Path> file, Optional<Path> groups, Optional<LdapSettings> ldap) {}
