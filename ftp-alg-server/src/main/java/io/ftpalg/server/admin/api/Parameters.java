package io.ftpalg.server.admin.api;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.server.admin.AdminRequest;
import io.ftpalg.server.json.JsonReader;
import java.util.Map;
import java.util.Optional;

/** What a request gives, checked; each problem is an {@link ApiException}. Stateless. */
final class Parameters {
    private static final int LONGEST_TEXT = 200;

    private Parameters() {}

    static int number(AdminRequest request, String name, int least, int most, int otherwise) {
        return request.parameter(name)
                .map(text -> number(text, name, least, most))
                .orElse(otherwise);
    }

    static int number(String text, String name, long least, long most) {
        if (text.matches("[0-9]{1,9}")) {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return (int) value;
            }
        }
        throw new ApiException(
                400, name + " is not a number from " + least + " to " + most + ": " + text, "give such a number");
    }

    static Optional<String> text(AdminRequest request, String name) {
        Optional<String> text = request.parameter(name).filter(given -> !given.isEmpty());
        text.filter(given -> given.length() > LONGEST_TEXT).ifPresent(given -> {
            throw new ApiException(400, name + " is longer than " + LONGEST_TEXT + " characters", "shorten it");
        });
        return text;
    }

    static long id(AdminRequest request) {
        String text = request.variable("id");
        if (!text.matches("[0-9]{1,18}")) {
            throw new ApiException(400, "the id is not a number: " + text, "give the id of a list");
        }
        return Long.parseLong(text);
    }

    /** Returns the body, an object that has no other fields than these. */
    static Map<String, Object> body(AdminRequest request, String... known) {
        Map<String, Object> body;
        try {
            body = request.body().isBlank() ? Map.of() : JsonReader.object(request.body());
        } catch (IllegalArgumentException e) {
            throw new ApiException(400, "the body is wrong: " + e.getMessage(), "see docs/openapi.yaml");
        }
        for (String name : body.keySet()) {
            if (!java.util.List.of(known).contains(name)) {
                throw new ApiException(
                        400, "the body has an unknown field: " + name, "known are: " + String.join(", ", known));
            }
        }
        return body;
    }

    static Optional<String> text(Map<String, Object> body, String name) {
        return typed(body, name, String.class, "a text");
    }

    static String required(Map<String, Object> body, String name) {
        return text(body, name).orElseThrow(() -> new ApiException(400, "the body has no field " + name, "add it"));
    }

    static Optional<Boolean> flag(Map<String, Object> body, String name) {
        return typed(body, name, Boolean.class, "true or false");
    }

    static Optional<Integer> number(Map<String, Object> body, String name, long least, long most) {
        return typed(body, name, Long.class, "a whole number")
                .map(value -> number(Long.toString(value), name, least, most));
    }

    static Optional<Long> longNumber(Map<String, Object> body, String name, long least, long most) {
        Optional<Long> value = typed(body, name, Long.class, "a whole number");
        value.filter(one -> one < least || one > most).ifPresent(one -> {
            throw new ApiException(
                    400, name + " is not a number from " + least + " to " + most + ": " + one, "give such a number");
        });
        return value;
    }

    private static <T> Optional<T> typed(Map<String, Object> body, String name, Class<T> type, String what) {
        Object value = body.get(name);
        if (value == null || value.equals(Optional.empty())) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw new ApiException(400, "the field " + name + " is not " + what, "see docs/openapi.yaml");
        }
        return Optional.of(type.cast(value));
    }

    static Cidr network(String text) {
        return Cidr.parse(text)
                .orElseThrow(() -> new ApiException(
                        400, "not an address or a network: " + text, "give one such as 203.0.113.7 or 203.0.113.0/24"));
    }
}
