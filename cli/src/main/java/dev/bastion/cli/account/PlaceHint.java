package dev.bastion.cli.account;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.apply.ChangedEnvironments;
import dev.bastion.apply.RunTarget;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.cli.option.LayoutOptions;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.Region;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code ledger.yaml} of a clone says about where an environment is.
 *
 * @param profile the profile that people have for the account
 */
public record PlaceHint(Optional<String> region, Optional<String> profile) {
    /** That of a person who is in no clone of a ledger. */
    public static final PlaceHint NONE = new PlaceHint(Optional.empty(), Optional.empty());

    /**
     * The hint of the clone around a directory; none where there is no clone, or nothing of it can be read: a person needs no
     * clone to connect.
     *
     * @param typed the environment's name in any case, or an alias
     * @param variables those of this process
     */
    public static PlaceHint of(EnvironmentName typed, Path directory, Map<String, String> variables) {
        try {
            RunTarget target =
                    new ChangedEnvironments(directory, variables, new LayoutOptions().source()).targetOf(typed);
            return new PlaceHint(
                    target.account().flatMap(_ -> target.region()).map(Region::value),
                    target.account().flatMap(AwsAccount::profile));
        } catch (InvalidConfiguration | StepFailed _) {
            return NONE;
        }
    }
}
