package io.ftpalg.server.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.inspect.InspectionSettings.Types;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.tika.mime.MediaType;
import org.junit.jupiter.api.Test;

class TypeRulesTest {

    @Test
    void knowsTypesByTheirFirstBytes() {
        TypeRules rules = rules(List.of(), List.of());

        assertThat(type(rules, "\211PNG\r\n\032\n")).isEqualTo("image/png");
        assertThat(type(rules, "%PDF-1.7")).isEqualTo("application/pdf");
        assertThat(type(rules, TypeInspectionTest.EXE)).isEqualTo("application/x-msdownload");
        assertThat(type(rules, "X5O!")).isEqualTo("text/plain");
    }

    @Test
    void rejectsAllButWhatIsAllowed() {
        TypeRules rules = rules(List.of("image/*", "text/csv"), List.of());

        assertThat(rules.refusal(MediaType.image("png"))).isEmpty();
        assertThat(rules.refusal(MediaType.text("csv"))).isEmpty();
        assertThat(rules.refusal(MediaType.TEXT_PLAIN)).contains("content of type text/plain is not allowed");
    }

    @Test
    void rejectsWhatIsDeniedThoughItIsAllowed() {
        TypeRules rules = rules(List.of("image/*"), List.of("Image/PNG"));

        assertThat(rules.refusal(MediaType.image("png"))).isPresent();
        assertThat(rules.refusal(MediaType.image("gif"))).isEmpty();
    }

    @Test
    void rejectsKindsOfWhatIsDenied() {
        assertThat(rules(List.of(), List.of("text/plain")).refusal(MediaType.text("csv")))
                .isPresent();
    }

    private static String type(TypeRules rules, String first) {
        byte[] bytes = first.getBytes(StandardCharsets.ISO_8859_1);
        return rules.of(bytes, bytes.length).toString();
    }

    private static TypeRules rules(List<String> allow, List<String> deny) {
        return new TypeRules(new Types(allow, deny));
    }
}
