package io.ftpalg.violations;

import org.junit.jupiter.api.Test;

/** The root uses a library that it may not. */
final class Violation {
    Class<?> library = Test.class;
}
