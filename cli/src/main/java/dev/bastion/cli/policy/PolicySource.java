package dev.bastion.cli.policy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.app.config.PolicyFiles;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The source of policy files: a directory, or a directory in a commit. */
interface PolicySource {
    String POLICY_FILE = "access-policy.yaml";
    String PEOPLE_FILE = "people.yaml";
    String TESTS_FILE = "policy-tests.yaml";
    String ENVIRONMENT_FILE = "/bastion/terragrunt.hcl";

    /** The name for people: {@code environments}, {@code environments in 1a2b3c4d5e6f}. */
    String name();

    /** A file's content by its path below the directory; empty when there is none. */
    Optional<byte[]> file(String path);

    /** {@code ledger.yaml} at the repository's root, which is above the directory; empty when there is none. */
    Optional<byte[]> ledger();

    /** The paths of all files below the directory. */
    List<String> paths();

    /** @throws PolicyProblems with all problems at once */
    default AccessPolicy policy() {
        return new PolicyFiles().read(new PolicyDocuments(file(POLICY_FILE), file(PEOPLE_FILE), ledger()));
    }

    /** The environments that have a file. */
    default NavigableSet<EnvironmentName> environments() {
        NavigableSet<EnvironmentName> environments = new TreeSet<>();
        paths().stream()
                .filter(path -> path.endsWith(ENVIRONMENT_FILE))
                .map(path -> path.substring(0, path.length() - ENVIRONMENT_FILE.length()))
                .flatMap(PolicySource::environment)
                .forEach(environments::add);
        return environments;
    }

    private static Stream<EnvironmentName> environment(String name) {
        try {
            return Stream.of(new EnvironmentName(name));
        } catch (InvalidValue _) {
            return Stream.empty();
        }
    }
}
