package io.ftpalg.violations.data.shared;

/** A part of data uses the package above all parts. */
public interface Violation {
    io.ftpalg.violations.data.Violation data();
}
