package io.ftpalg.server.admin.api;

import io.ftpalg.server.admin.AdminResponse;
import io.ftpalg.server.json.Json;
import java.util.List;
import java.util.Optional;

/** A request that is refused, with the response that says why. */
final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Optional<String> remedy;
    private final transient List<String> problems;

    ApiException(int status, String message, String remedy) {
        this(status, message, Optional.of(remedy), List.of());
    }

    ApiException(int status, String message, Optional<String> remedy, List<String> problems) {
        super(message, null, false, false);
        this.status = status;
        this.remedy = remedy;
        this.problems = List.copyOf(problems);
    }

    AdminResponse response() {
        String code =
                switch (status) {
                    case 404 -> "not-found";
                    case 409 -> "conflict";
                    case 413 -> "too-large";
                    case 422 -> "refused";
                    case 503 -> "unavailable";
                    default -> "bad-request";
                };
        Json.Fields error = Json.object()
                .put("code", code)
                .put("message", String.valueOf(getMessage()))
                .put("remedy", remedy)
                .put("problems", problems.isEmpty() ? Optional.empty() : Optional.of(problems));
        return AdminResponse.of(
                status, AdminResponse.JSON, Json.object().put("error", error).toString());
    }
}
