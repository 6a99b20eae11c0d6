package dev.bastion.layout;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import java.util.Optional;

/**
 * Where things stand in the repository.
 *
 * @param root the directory of all environments, like {@code environments}
 */
public record EnvironmentPaths(String root) {
    private static final String FILE = "/bastion/terragrunt.hcl";

    public String fileOf(EnvironmentName environment) {
        return root + "/" + environment.value() + FILE;
    }

    public String accessPolicy() {
        return root + "/access-policy.yaml";
    }

    public String people() {
        return root + "/people.yaml";
    }

    /** The environment whose file this would be; empty when it can be no environment's. */
    public Optional<EnvironmentName> environmentAt(String path) {
        if (!path.startsWith(root + "/") || !path.endsWith(FILE) || path.length() <= root.length() + FILE.length()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new EnvironmentName(path.substring(root.length() + 1, path.length() - FILE.length())));
        } catch (InvalidValue _) {
            return Optional.empty();
        }
    }
}
