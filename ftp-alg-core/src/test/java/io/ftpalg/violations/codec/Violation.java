package io.ftpalg.violations.codec;

/** Codec uses policy. */
public interface Violation {
    io.ftpalg.violations.policy.Violation policy();
}
