package io.ftpalg.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.ftpalg.protocol.Cidr;
import io.ftpalg.protocol.Direction;
import io.ftpalg.rules.path.TextPattern;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShadowedRulesTest {
    private static final Conditions ANY = Conditions.NONE;

    private static Rule rule(String name, Conditions when) {
        return new Rule(name, "", when, Action.Deny.USUAL);
    }

    private static Cidr network(String text) {
        return Cidr.parse(text).orElseThrow();
    }

    private static TextPattern glob(String text) {
        return TextPattern.glob(text);
    }

    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(ANY, ANY.verbs("RETR"), true),
                Arguments.of(ANY.verbs("RETR"), ANY, false),
                Arguments.of(ANY.verbs("RETR", "STOR"), ANY.verbs("STOR"), true),
                Arguments.of(ANY.directions(Direction.UPLOAD), ANY.verbs("STOR"), true),
                Arguments.of(ANY.directions(Direction.UPLOAD), ANY.verbs("STOR", "RETR"), false),
                Arguments.of(ANY.clients(network("10.0.0.0/8")), ANY.clients(network("10.1.0.0/16")), true),
                Arguments.of(ANY.clients(network("10.1.0.0/16")), ANY.clients(network("10.0.0.0/8")), false),
                Arguments.of(ANY.clients(network("10.0.0.0/8")), ANY, false),
                Arguments.of(ANY.groups("a", "b"), ANY.groups("a"), true),
                Arguments.of(ANY.paths(glob("/in/**")), ANY.paths(glob("/in/acme/**")), true),
                Arguments.of(ANY.paths(glob("/in/**")), ANY.paths(glob("/in/f")), true),
                Arguments.of(ANY.paths(glob("/in/acme/**")), ANY.paths(glob("/in/**")), false),
                Arguments.of(ANY.paths(glob("/in/*")), ANY.paths(glob("/in/*.x")), false),
                Arguments.of(ANY.tls(true), ANY.tls(true).verbs("RETR"), true),
                Arguments.of(ANY.tls(true), ANY.tls(false), false),
                Arguments.of(ANY.largerThan(10), ANY.largerThan(20), true),
                Arguments.of(ANY.largerThan(20), ANY.largerThan(10), false));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void areThoseBehindOneWithTheSameOrBroaderConditions(Conditions first, Conditions second, boolean shadowed) {
        Rule wide = rule("wide", first);
        Rule narrow = rule("narrow", second);

        assertThat(ShadowedRules.of(List.of(wide, narrow)))
                .isEqualTo(shadowed ? List.of(new ShadowedRules.Shadowed(narrow, Optional.of(wide))) : List.of());
    }

    @Test
    void areThoseWhoseConditionsContradict() {
        Rule never = rule("never", ANY.verbs("RETR").directions(Direction.UPLOAD));

        assertThat(ShadowedRules.of(List.of(never)))
                .containsExactly(new ShadowedRules.Shadowed(never, Optional.empty()));
    }

    /** A jail decides nothing. */
    @Test
    void areNotBehindAJail() {
        Rule jail = new Rule("jail", "", ANY, new Action.Jail("/in"));

        assertThat(ShadowedRules.of(List.of(jail, rule("r", ANY)))).isEmpty();
        assertThat(ShadowedRules.of(List.of(jail, jail))).hasSize(1);
    }
}
