package io.ftpalg.violations.policy.inspect;

/** A subpackage of policy uses the package above all of them. */
public interface Violation {
    io.ftpalg.violations.policy.Violation policy();
}
