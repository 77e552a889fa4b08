package io.ftpalg.rules;

import io.ftpalg.rules.path.NamedPath;
import io.ftpalg.rules.path.Resolution;
import io.ftpalg.rules.path.TextPattern;
import java.util.List;

/**
 * The conditions of path and name. Where a command means more than one path, a denial holds if it may concern any of them, and anything
 * else only if it holds for all. Immutable.
 */
final class PathCheck {

    /** What the conditions come to. */
    enum Result {
        HOLDS,
        DOES_NOT_HOLD,
        /** The working directory must be known. */
        NEEDS_DIRECTORY,
        /** Servers differ in what they make of the path. */
        UNRESOLVABLE
    }

    private final List<TextPattern> paths;
    private final List<TextPattern> names;
    private final boolean denies;

    PathCheck(Conditions when, boolean denies) {
        this.paths = when.paths();
        this.names = when.names();
        this.denies = denies;
    }

    Result check(Facts facts) {
        if (paths.isEmpty() && names.isEmpty()) {
            return Result.HOLDS;
        }
        if (facts.named().path().isEmpty() && facts.named().unreadable().isEmpty()) {
            return Result.DOES_NOT_HOLD;
        }
        Resolution resolution = paths.isEmpty() ? facts.pathForName() : facts.path();
        if (resolution instanceof Resolution.NoDirectory) {
            return Result.NEEDS_DIRECTORY;
        }
        if (!(resolution instanceof Resolution.Path path)) {
            return Result.UNRESOLVABLE;
        }
        NamedPath.Scope scope = facts.named().path().orElseThrow().scope();
        return matchesPath(path.text(), scope) && matchesName(facts, scope) ? Result.HOLDS : Result.DOES_NOT_HOLD;
    }

    private boolean matchesPath(String path, NamedPath.Scope scope) {
        if (paths.isEmpty()) {
            return true;
        }
        for (int i = 0; i < paths.size(); i++) {
            TextPattern pattern = paths.get(i);
            boolean matches =
                    switch (scope) {
                        case ONE -> pattern.matches(path);
                        case TREE -> pattern.matches(path) || denies && pattern.mayMatchBelow(path);
                        case BELOW ->
                            denies ? pattern.matches(path) || pattern.mayMatchBelow(path) : pattern.coversBelow(path);
                    };
            if (matches) {
                return true;
            }
        }
        return false;
    }

    /** A list of many files names none of them. */
    private boolean matchesName(Facts facts, NamedPath.Scope scope) {
        return names.isEmpty()
                || scope != NamedPath.Scope.BELOW && facts.fileName().matches(names, denies);
    }
}
