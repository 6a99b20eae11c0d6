package dev.bastion.app.aws.account;

import dev.bastion.access.place.AwsPlace;
import java.util.Optional;

/**
 * A place that the service looks at, and by which role.
 *
 * @param region of its AWS APIs
 * @param role the ARN of the role to assume; empty for the service's own credentials
 * @param externalId what the service sends when it assumes the role
 * @param profile the profile of people's AWS configuration that the commands shown to them name
 */
public record WatchedPlace(
        AwsPlace place, String region, Optional<String> role, Optional<String> externalId, Optional<String> profile) {
    /** The one place of a ledger without accounts. */
    static WatchedPlace only(String region) {
        return new WatchedPlace(AwsPlace.ONLY, region, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The name for people, as it stands within a sentence. */
    String title() {
        return place.title().orElse("AWS");
    }
}
