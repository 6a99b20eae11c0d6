package dev.bastion.layout;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import java.util.Optional;

/**
 * The paths of the ledger's files in the repository.
 *
 * @param root the directory of all environments, like {@code environments}
 */
public record EnvironmentPaths(String root) {
    private static final String FILE_SUFFIX = "/bastion/terragrunt.hcl";

    public String fileOf(EnvironmentName environment) {
        return root + "/" + environment.value() + FILE_SUFFIX;
    }

    public String accessPolicy() {
        return root + "/access-policy.yaml";
    }

    public String people() {
        return root + "/people.yaml";
    }

    /** The environment with this file; empty when no environment can have it. */
    public Optional<EnvironmentName> environmentAt(String path) {
        if (!path.startsWith(root + "/")
                || !path.endsWith(FILE_SUFFIX)
                || path.length() <= root.length() + FILE_SUFFIX.length()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new EnvironmentName(path.substring(root.length() + 1, path.length() - FILE_SUFFIX.length())));
        } catch (InvalidValue _) {
            return Optional.empty();
        }
    }
}
