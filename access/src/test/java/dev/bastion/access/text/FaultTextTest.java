package dev.bastion.access.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.Outage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault at every place where people read it. */
class FaultTextTest {
    private static final Instant AT = Instant.parse("2026-11-26T10:58:00Z");

    static Stream<Fault> faults() {
        return Arrays.stream(ExternalSystem.values())
                .flatMap(system -> Stream.of(
                        new Fault.Refused(system, "doing it", "403 denied", "change the setting"),
                        new Fault.Unknown(system, "doing it", "connection reset"),
                        new Fault.Later(system, "doing it", "503"),
                        new Fault.Later(system, "doing it", "429", Optional.of(Duration.ofMinutes(5)))));
    }

    private static Stream<String> sentences(Fault fault) {
        Stream<Text> unknown =
                fault instanceof Fault.Unknown one ? Stream.of(FaultText.unknownRequest(one)) : Stream.empty();
        return Stream.concat(
                        unknown,
                        Stream.of(
                                FaultText.ofCommand(fault),
                                FaultText.ofRequest(fault),
                                FaultText.asOf(new Outage(fault, Optional.of(AT))),
                                FaultText.asOf(new Outage(fault, Optional.empty()))))
                .map(text -> text.in(Markup.PLAIN));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void eachSentenceNamesTheSystemAndPromisesOnlyWhatIsSo(Fault fault) {
        assertThat(sentences(fault)).isNotEmpty().allSatisfy(sentence -> {
            assertThat(sentence.toLowerCase(Locale.ROOT))
                    .contains(fault.system().title().toLowerCase(Locale.ROOT));
            switch (fault) {
                case Fault.Refused _ ->
                    assertThat(sentence)
                            .contains("403 denied", "change the setting", "platform team")
                            .doesNotContainIgnoringCase("try again")
                            .doesNotContainIgnoringCase("again in")
                            .doesNotContainIgnoringCase("request again");
                case Fault.Unknown _ ->
                    assertThat(sentence)
                            .doesNotContainIgnoringCase("nothing was")
                            .doesNotContainIgnoringCase("run the command again")
                            .doesNotContainIgnoringCase("request again");
                case Fault.Later _ -> assertThat(sentence).doesNotContainIgnoringCase("not known");
            }
        });
    }

    @Test
    void whatIsNotKnownSaysSoAndThatTheServiceLooks() {
        Fault.Unknown unknown = new Fault.Unknown(ExternalSystem.GIT, "pushing", "connection reset");
        assertThat(FaultText.ofCommand(unknown).in(Markup.PLAIN)).contains("not known whether", "I look");
        assertThat(FaultText.unknownRequest(unknown).in(Markup.PLAIN))
                .contains("not known whether", "update this message");
    }

    @Test
    void laterSaysUntilWhenAndThatNothingWasDone() {
        Fault.Later later =
                new Fault.Later(ExternalSystem.GITHUB, "merging", "429", Optional.of(Duration.ofSeconds(61)));
        assertThat(FaultText.ofCommand(later).in(Markup.PLAIN))
                .isEqualTo("GitHub limits my calls, and nothing was done. Please run the command again in 2 minutes.");
        assertThat(FaultText.ofRequest(later).in(Markup.PLAIN))
                .isEqualTo("GitHub limits my calls; please request again in 2 minutes");
    }

    /** Only what passes by itself is a reason to try again, and says when. */
    @ParameterizedTest
    @EnumSource(ExternalSystem.class)
    void onlyWhatPassesByItselfIsAReasonToTryAgain(ExternalSystem system) {
        String again = "(?s).*(try again|run the command again|request again).*";
        Fault refused = new Fault.Refused(system, "a", "b", "c");
        Fault unknown = new Fault.Unknown(system, "a", "b");
        Fault later = new Fault.Later(system, "a", "b");
        assertThat(FaultText.ofCommand(refused).in(Markup.PLAIN)).doesNotMatch(again);
        assertThat(FaultText.ofRequest(refused).in(Markup.PLAIN)).doesNotMatch(again);
        assertThat(FaultText.ofCommand(unknown).in(Markup.PLAIN)).doesNotMatch(again);
        assertThat(FaultText.ofRequest(unknown).in(Markup.PLAIN)).doesNotMatch(again);
        assertThat(FaultText.ofCommand(later).in(Markup.PLAIN)).matches(again).contains("in a few minutes");
        assertThat(FaultText.ofRequest(later).in(Markup.PLAIN)).matches(again).contains("in a few minutes");
    }

    @Test
    void anAnswerFromMemorySaysHowOldItIsOrThatThereIsNone() {
        Fault down = new Fault.Later(ExternalSystem.GITHUB, "listing", "503");
        assertThat(FaultText.asOf(new Outage(down, Optional.of(AT))).in(Markup.PLAIN))
                .isEqualTo("As of 2026-11-26T10:58:00Z. GitHub is not answering.");
        assertThat(FaultText.asOf(new Outage(down, Optional.empty())).in(Markup.PLAIN))
                .isEqualTo("GitHub has told me nothing since I started. GitHub is not answering.");
    }

    @Test
    void theLogHasTheOutcomeInFields() {
        assertThat(new Fault.Refused(ExternalSystem.AWS, "a", "b", "c").fields())
                .containsEntry("system", "AWS")
                .containsEntry("outcome", "refused")
                .containsEntry("answered", "b")
                .containsEntry("remedy", "c");
        assertThat(new Fault.Unknown(ExternalSystem.GIT, "a", "b").fields()).containsEntry("outcome", "unknown");
        assertThat(new Fault.Later(ExternalSystem.CI, "a", "b").fields()).containsEntry("outcome", "later");
    }

    @Test
    void theOutageOfOneAccountNamesItAndSinceWhen() {
        Optional<String> prod = Optional.of("account prod (123456789012, eu-west-1)");
        Fault silent = new Fault.Later(ExternalSystem.AWS, "describing the bastion instances", "timed out");
        Fault denied = new Fault.Refused(ExternalSystem.AWS, "looking", "AccessDenied", "correct watch_role");
        assertThat(FaultText.asOf(new Outage(silent, Optional.of(AT), prod)).in(Markup.PLAIN))
                .startsWith("Account prod (123456789012, eu-west-1) has not answered since ")
                .doesNotContain("AWS");
        assertThat(FaultText.asOf(new Outage(denied, Optional.empty(), prod)).in(Markup.PLAIN))
                .startsWith("Account prod (123456789012, eu-west-1) has never answered.")
                .contains("AccessDenied", "ask the platform team to change this: correct watch_role.");
    }
}
