package io.ftpalg.server.inspect.icap;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.server.inspect.icap.IcapHead.Header;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IcapFindingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "X-Infection-Found | Type=0; Resolution=2; Threat=Eicar-Test; | virus Eicar-Test",
                "x-infection-found | type=0;threat= A B | virus A B",
                "X-Infection-Found | Type=1; Resolution=2; Threat=Spam; | violation Spam",
                "X-Infection-Found | Something | virus Something",
                "X-Infection-Found | Threat=; | virus ?",
                "X-Virus-ID | Eicar\u00e4 | virus Eicar?",
                "X-Violations-Found | 1;-;Eicar;0;0 | violation Eicar",
                "X-Violations-Found | 2 | violation 2",
                "X-Violations-Found | 0 | none",
                "X-Blocked | by policy | blocked by policy",
                "X-Other | a | none"
            })
    void namesWhatWasFound(String name, String value, String reason) {
        String text = name.equals("X-Violations-Found") ? value.replace(';', '\n') : value;
        IcapHead head = new IcapHead(200, List.of(new Header(name, text)));

        assertThat(IcapFinding.of(head).map(IcapFinding::reason).orElse("none")).isEqualTo(reason);
    }
}
