package dev.bastion.slack.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.diagnosis.Finding;
import dev.bastion.sandbox.slack.SlackServer;
import dev.bastion.sandbox.slack.SlackWorkspace;
import dev.bastion.sandbox.slack.model.AppManifest;
import dev.bastion.sandbox.slack.model.SlackTiming;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HomeTabCheckTest {
    private static final AppManifest MANIFEST = AppManifest.read(Path.of("../app/slack-manifest.yaml"));

    @Test
    void anAppOfTheManifestHasOneAndTheCheckShowsNothingToAnyone() {
        assertThat(findingIn(MANIFEST)).isEmpty();
    }

    @Test
    void anAppOfAnOlderManifestIsAWarningWithTheRemedy() {
        assertThat(findingIn(MANIFEST.withoutHome()))
                .hasValueSatisfying(finding -> assertThat(finding.toString())
                        .contains(
                                "WARNING",
                                "people cannot use App Home; everything else works",
                                "app/slack-manifest.yaml"));
    }

    private static Optional<Finding> findingIn(AppManifest manifest) {
        try (SlackServer slack = SlackServer.start(SlackWorkspace.seeded(SlackTiming.real(), manifest), 0)) {
            var tokens = slack.workspace().tokens();
            SlackSettings settings = new SlackSettings(
                    tokens.app(), tokens.bot(), SlackWorkspace.CHANNEL, slack.apiUrl(), Optional.empty());
            try (SlackClient client = new SlackClient(settings, InstantSource.system())) {
                Optional<Finding> found = HomeTabCheck.examine(client.slack().methods(settings.botToken()));
                slack.workspace()
                        .people()
                        .forEach(person ->
                                assertThat(slack.workspace().home(person.id())).isEmpty());
                return found;
            }
        }
    }
}
