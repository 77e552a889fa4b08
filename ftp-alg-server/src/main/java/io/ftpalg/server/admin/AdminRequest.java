package io.ftpalg.server.admin;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request that was checked: whole, within the limits of {@link AdminLimits}, from a caller that may ask, and if it changes
 * something not sent by a page of another origin.
 *
 * @param method its method; HEAD is GET
 * @param path its path without the query, as it was sent
 * @param variables the decoded values of the path's {@code {name}} parts
 * @param query the decoded parameters, each with its values in order
 * @param headers the headers, by names in small letters; of several of one name the last
 * @param body the body, UTF-8; empty if there is none
 * @param caller who asks
 */
public record AdminRequest(
        AdminMethod method,
        String path,
        Map<String, String> variables,
        Map<String, List<String>> query,
        Map<String, String> headers,
        String body,
        AdminCaller caller) {
    public AdminRequest {
        variables = Map.copyOf(variables);
        query = Map.copyOf(query);
        headers = Map.copyOf(headers);
    }

    /** Returns the value of a part of the path that the route names. */
    public String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the route has no {" + name + "}");
        }
        return value;
    }

    /** Returns the first value of a parameter, if it is given. */
    public Optional<String> parameter(String name) {
        return query.getOrDefault(name, List.of()).stream().findFirst();
    }

    /** Returns a header, if it is given. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }
}
