package io.ftpalg.session.command;

import io.ftpalg.session.Playbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R18. */
class FeatExchangeTest {

    @Test
    void rebuildsTheServersList() {
        Playbook.loggedIn().play("""
                C> FEAT
                S< FEAT
                S> 211-Extensions:
                S>  AUTH TLS
                S>  MDTM
                S> 211 End
                C< 211-Extensions:
                C<  MDTM
                C<  EPRT
                C<  EPSV
                C< 211 End
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"500 FEAT?", "502 FEAT?"})
    void offersItsOwnWhereTheServerKnowsNoFeat(String reply) {
        Playbook.loggedIn().play("""
                C> FEAT
                S< FEAT
                S> %s
                C< 211-Features:
                C<  EPRT
                C<  EPSV
                C< 211 End
                """.formatted(reply));
    }

    @Test
    void passesAnyOtherRefusal() {
        Playbook.loggedIn().play("""
                C> FEAT
                S< FEAT
                S> 530 log in
                C< 530 log in
                """);
    }
}
