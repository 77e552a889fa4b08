package io.ftpalg.violations.rules.path;

/** A subpackage of rules uses the package above it. */
public interface Violation {
    io.ftpalg.violations.rules.Violation rules();
}
