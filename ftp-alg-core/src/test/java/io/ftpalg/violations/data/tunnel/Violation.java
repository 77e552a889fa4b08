package io.ftpalg.violations.data.tunnel;

/** A part of data uses the package above all parts. */
public interface Violation {
    io.ftpalg.violations.data.Violation data();
}
