package dev.bastion.app.audience;

import dev.bastion.access.audience.AudienceListing;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.github.client.FaultTranslation;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

/** The members of GitHub teams, and of their child teams, which GitHub counts as members. */
record GithubTeams(GithubClient github, InstantSource clock) {
    AudienceListing list(ExternalAudience audience) {
        Instant asked = clock.instant();
        int slash = audience.id().indexOf('/');
        Set<String> members = FaultTranslation.onRead(AudienceSystems.attempted(audience), () -> {
            try {
                return github.teamMembers(
                        audience.id().substring(0, slash), audience.id().substring(slash + 1));
            } catch (GithubRejected e) {
                if (e.status() == 403 || e.status() == 404) {
                    throw AudienceSystems.refused(audience, e.status() + " " + e.reason(), remedy(audience), e);
                }
                throw e;
            }
        });
        return AudienceListing.of(asked, members);
    }

    private static String remedy(ExternalAudience audience) {
        return "check that the team " + audience.id() + " is there, and give the GitHub App the organization permission"
                + " Members: read and accept it where the app is installed";
    }
}
