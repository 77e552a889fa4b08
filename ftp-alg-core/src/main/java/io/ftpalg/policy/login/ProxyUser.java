package io.ftpalg.policy.login;

import java.util.Set;

/**
 * Who the client is to the gateway itself, once its password was checked.
 *
 * @param name its name there
 * @param groups the groups it is in, by which routes may choose
 */
public record ProxyUser(String name, Set<String> groups) {
    public ProxyUser {
        groups = Set.copyOf(groups);
    }
}
