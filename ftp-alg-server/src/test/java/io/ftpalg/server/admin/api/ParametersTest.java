package io.ftpalg.server.admin.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ftpalg.server.admin.AdminMethod;
import io.ftpalg.server.admin.AdminRequest;
import io.ftpalg.server.admin.AdminResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Covers ApiException too. */
class ParametersTest {
    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call).isInstanceOf(ApiException.class).hasMessageContaining(message);
    }

    @Test
    void readsNumbersWithinBounds() {
        AdminRequest request = ApiFixture.asking(Map.of("a", "7", "b", "12", "c", "x", "d", "0"));

        assertThat(Parameters.number(request, "a", 1, 10, 5)).isEqualTo(7);
        assertThat(Parameters.number(request, "none", 1, 10, 5)).isEqualTo(5);
        refused(() -> Parameters.number(request, "b", 1, 10, 5), "b is not a number from 1 to 10: 12");
        refused(() -> Parameters.number(request, "c", 1, 10, 5), "c is not a number from 1 to 10: x");
        refused(() -> Parameters.number(request, "d", 1, 10, 5), "d is not a number from 1 to 10: 0");
    }

    @Test
    void readsTextsThatAreNotTooLong() {
        AdminRequest request = ApiFixture.asking(Map.of("a", "text", "b", "", "c", "x".repeat(201)));

        assertThat(Parameters.text(request, "a")).contains("text");
        assertThat(Parameters.text(request, "b")).isEmpty();
        refused(() -> Parameters.text(request, "c"), "c is longer than 200 characters");
    }

    @Test
    void readsTheIdOfThePath() {
        assertThat(Parameters.id(withId("42"))).isEqualTo(42);
        refused(() -> Parameters.id(withId("4x")), "the id is not a number: 4x");
    }

    private static AdminRequest withId(String id) {
        return new AdminRequest(AdminMethod.GET, "/", Map.of("id", id), Map.of(), Map.of(), "", ApiFixture.CALLER);
    }

    @Test
    void readsTheFieldsOfABody() {
        Map<String, Object> body = Parameters.body(
                ApiFixture.posting("{\"a\": \"x\", \"b\": true, \"c\": 7, \"d\": null}"), "a", "b", "c", "d");

        assertThat(Parameters.required(body, "a")).isEqualTo("x");
        assertThat(Parameters.flag(body, "b")).contains(true);
        assertThat(Parameters.number(body, "c", 1, 10)).contains(7);
        assertThat(Parameters.text(body, "d")).isEmpty();
        assertThat(Parameters.flag(body, "e")).isEmpty();
        refused(() -> Parameters.required(body, "e"), "the body has no field e");
        refused(() -> Parameters.text(body, "b"), "the field b is not a text");
        refused(() -> Parameters.flag(body, "a"), "the field a is not true or false");
        refused(() -> Parameters.number(body, "a", 1, 10), "the field a is not a whole number");
        refused(() -> Parameters.number(body, "c", 1, 5), "c is not a number from 1 to 5: 7");
    }

    @Test
    void refusesABodyThatIsNotAsKnown() {
        assertThat(Parameters.body(ApiFixture.posting(" "), "a")).isEmpty();
        refused(() -> Parameters.body(ApiFixture.posting("{\"b\": 1}"), "a"), "the body has an unknown field: b");
        refused(() -> Parameters.body(ApiFixture.posting("[]"), "a"), "the body is wrong");
        refused(() -> Parameters.body(ApiFixture.posting("{"), "a"), "the body is wrong");
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad-request",
        "404, not-found",
        "409, conflict",
        "413, too-large",
        "422, refused",
        "503, unavailable"
    })
    void hasACodeForEachStatus(int status, String code) {
        assertThat(new ApiException(status, "it is so", "change it").response())
                .isInstanceOfSatisfying(AdminResponse.Whole.class, whole -> {
                    assertThat(whole.status()).isEqualTo(status);
                    assertThat(whole.text())
                            .contains("\"code\":\"" + code + "\"", "\"it is so\"", "\"change it\"")
                            .doesNotContain("problems");
                });
    }

    @Test
    void listsProblems() {
        assertThat(new ApiException(422, "refused", Optional.empty(), List.of("line 2")).response())
                .isInstanceOfSatisfying(AdminResponse.Whole.class, whole -> assertThat(whole.text())
                        .contains("\"problems\":[\"line 2\"]")
                        .doesNotContain("remedy"));
    }
}
