package dev.bastion.cli.policy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.InvalidValue;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.policy.PolicyProblems;
import dev.bastion.app.config.PolicyFiles;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Where policy files are read: a directory as it is, or as it was in a commit. */
interface PolicySource {
    String POLICY = "access-policy.yaml";
    String PEOPLE = "people.yaml";
    String TESTS = "policy-tests.yaml";
    String FILE = "/bastion/terragrunt.hcl";

    /** For people: {@code environments}, {@code environments in 1a2b3c4d5e6f}. */
    String name();

    /** A file's bytes by its path below the directory; empty when there is none. */
    Optional<byte[]> file(String path);

    /** The paths of all files below the directory. */
    List<String> paths();

    /** @throws PolicyProblems with everything that is wrong with it at once */
    default AccessPolicy policy() {
        return new PolicyFiles().read(file(POLICY), file(PEOPLE));
    }

    /** Every environment that has a file. */
    default NavigableSet<EnvironmentName> environments() {
        NavigableSet<EnvironmentName> environments = new TreeSet<>();
        paths().stream()
                .filter(path -> path.endsWith(FILE))
                .map(path -> path.substring(0, path.length() - FILE.length()))
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
