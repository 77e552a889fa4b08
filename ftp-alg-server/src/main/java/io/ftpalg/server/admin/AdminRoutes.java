package io.ftpalg.server.admin;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The table of routes: for each method and path what responds. Immutable; a builder makes it. */
public final class AdminRoutes {
    private final List<Entry> entries;

    /** One line of the table; {@code parts} are the parts of its path between slashes. */
    private record Entry(AdminMethod method, List<String> parts, boolean open, AdminRoute route) {}

    /** What is found for a request. */
    sealed interface Match {}

    /** A route, with the values of the path's variables. */
    record Found(AdminRoute route, Map<String, String> variables, boolean open) implements Match {}

    /** The path has routes for other methods only. */
    record WrongMethod(Set<AdminMethod> allowed) implements Match {}

    /** The path has no route. */
    record NotFound() implements Match {}

    private AdminRoutes(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Returns a builder of an empty table. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns what is found for the decoded parts of a path. */
    Match find(AdminMethod method, List<String> parts) {
        Set<AdminMethod> others = EnumSet.noneOf(AdminMethod.class);
        for (Entry entry : entries) {
            Optional<Map<String, String>> variables = variables(entry.parts(), parts);
            if (variables.isPresent() && entry.method() == method) {
                return new Found(entry.route(), variables.get(), entry.open());
            }
            variables.ifPresent(other -> others.add(entry.method()));
        }
        return others.isEmpty() ? new NotFound() : new WrongMethod(others);
    }

    private static Optional<Map<String, String>> variables(List<String> wanted, List<String> parts) {
        if (wanted.size() != parts.size()) {
            return Optional.empty();
        }
        Map<String, String> variables = new HashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            String part = wanted.get(i);
            if (isVariable(part)) {
                variables.put(part.substring(1, part.length() - 1), parts.get(i));
            } else if (!part.equals(parts.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(variables);
    }

    private static boolean isVariable(String part) {
        return part.startsWith("{") && part.endsWith("}");
    }

    /** Makes a table. Used by one thread. */
    public static final class Builder {
        private final List<Entry> entries = new ArrayList<>();

        private Builder() {}

        /**
         * Adds a route. The first route that fits a path is taken.
         *
         * @param path such as {@code /api/v1/sessions/{id}}; a part in braces is a variable, any one part of a path that is not empty
         */
        public Builder add(AdminMethod method, String path, AdminRoute route) {
            return add(method, path, false, route);
        }

        /** Adds a route to read that needs no token: it must say nothing that is not for everyone who can connect. */
        public Builder addOpen(String path, AdminRoute route) {
            return add(AdminMethod.GET, path, true, route);
        }

        private Builder add(AdminMethod method, String path, boolean open, AdminRoute route) {
            entries.add(new Entry(
                    method,
                    RequestPath.parts(path)
                            .orElseThrow(() -> new IllegalArgumentException("not the path of a route: " + path)),
                    open,
                    route));
            return this;
        }

        /** Returns the table. */
        public AdminRoutes build() {
            return new AdminRoutes(entries);
        }
    }
}
