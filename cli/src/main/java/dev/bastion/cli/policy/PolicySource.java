package dev.bastion.cli.policy;

import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.app.config.LedgerFile;
import dev.bastion.app.config.PolicyFiles;
import dev.bastion.layout.Layout;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The source of policy files: a directory, or a directory in a commit. */
interface PolicySource {
    String POLICY_FILE = "access-policy.yaml";
    String PEOPLE_FILE = "people.yaml";
    String TESTS_FILE = "policy-tests.yaml";

    /** The name for people: {@code environments}, {@code environments in 1a2b3c4d5e6f}. */
    String name();

    /** A file's content by its path below the directory; empty when there is none. */
    Optional<byte[]> file(String path);

    /** The directory's path in the repository. */
    String directoryInRepository();

    /** {@code ledger.yaml} at the repository's root, which is above the directory; empty when there is none. */
    Optional<byte[]> ledger();

    /** A regular file's content by its path in the repository; empty when there is none. */
    Optional<byte[]> fileOfRepository(String path);

    /** The paths of all files of the repository below one of its directories; {@code ""} is its root. */
    List<String> pathsBelow(String directory);

    /** @throws PolicyProblems with all problems at once */
    default AccessPolicy policy() {
        return new PolicyFiles().read(new PolicyDocuments(file(POLICY_FILE), file(PEOPLE_FILE), ledger()));
    }

    /** @throws PolicyProblems with all problems of {@code ledger.yaml} at once */
    default Layout layout() {
        return new LedgerFile().read(ledger(), directoryInRepository());
    }

    /** The environments that have a file. */
    default NavigableSet<EnvironmentName> environments() {
        Layout layout = layout();
        return pathsBelow(layout.directory()).stream()
                .filter(layout::isNamed)
                .flatMap(path -> layout.environmentAt(path).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
