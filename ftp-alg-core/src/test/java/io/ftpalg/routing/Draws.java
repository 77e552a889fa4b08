package io.ftpalg.routing;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.random.RandomGenerator;

/** Chance that the test has a hand in: the next draws in order, then the last of them for ever. */
final class Draws implements RandomGenerator {
    private final Queue<Double> next;

    Draws(Double... fractions) {
        next = new ArrayDeque<>(List.of(fractions));
    }

    @Override
    public long nextLong() {
        throw new AssertionError("only fractions are drawn here");
    }

    @Override
    public double nextDouble() {
        return next.size() > 1 ? next.remove() : next.element();
    }

    @Override
    public int nextInt(int bound) {
        return (int) (nextDouble() * bound);
    }
}
