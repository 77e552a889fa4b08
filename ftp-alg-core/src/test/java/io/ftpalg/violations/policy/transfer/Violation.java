package io.ftpalg.violations.policy.transfer;

/** A subpackage of policy uses the package above all of them. */
public interface Violation {
    io.ftpalg.violations.policy.Violation policy();
}
