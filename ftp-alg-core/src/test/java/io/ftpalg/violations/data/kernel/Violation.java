package io.ftpalg.violations.data.kernel;

/** A part of data uses the package above all parts. */
public interface Violation {
    io.ftpalg.violations.data.Violation data();
}
