package dev.bastion.ledger.file;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.PolicyDocuments;
import dev.bastion.access.port.PolicyProblems;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.ReasonRules;
import dev.bastion.access.rules.RulesByEnvironment;
import dev.bastion.layout.Layout;
import dev.bastion.layout.PathPattern;
import dev.bastion.ledger.git.object.BlobId;
import dev.bastion.ledger.git.object.CommitReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layout and the policy of a commit, parsed once for each version of their files. An invalid version leaves the last
 * valid one in force; at a start, that is the last valid one of the history.
 */
public final class ConfigurationCache {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationCache.class);
    /** The versions that a start looks through for a valid one. */
    private static final int MAX_VERSIONS = LayoutVersions.MOST;

    /** The policy of a ledger that never had a valid one, and in which something is open all the same: it allows nothing. */
    public static final AccessPolicy NOTHING = new AccessPolicy(
            RulesByEnvironment.of(
                    new EnvironmentRules(
                            Audience.NOBODY,
                            GrantDuration.parse("1h"),
                            GrantDuration.parse("1h"),
                            GrantDuration.parse("1h"),
                            GrantDuration.parse("1h"),
                            Duration.ZERO,
                            ReasonRules.NONE,
                            0,
                            Audience.NOBODY,
                            ApprovalRules.USUAL),
                    Map.of()),
            PeopleDirectory.NOBODY);

    /**
     * The layout and the policy of one commit.
     *
     * @param problems why the ledger never had a valid version; then the policy allows nothing
     */
    public record Configuration(Layout layout, AccessPolicy policy, Optional<PolicyProblems> problems) {
        public Configuration(Layout layout, AccessPolicy policy) {
            this(layout, policy, Optional.empty());
        }
    }

    /** @param irregular the paths of these files where there is something else, like a symbolic link */
    private record Version(
            Optional<BlobId> ledger, Optional<BlobId> policy, Optional<BlobId> people, List<String> irregular) {}

    private final FileParsers parsers;
    private final String environments;
    private final Layout standard;
    private final LedgerAlarms alarms;
    private final Set<PathPattern> former = new LinkedHashSet<>();
    private Optional<LayoutVersions> versions = Optional.empty();
    private @Nullable Configuration lastGood;
    private @Nullable Version lastSeen;

    /** @param environments the directory of the policy's files, like {@code environments} */
    public ConfigurationCache(FileParsers parsers, String environments, LedgerAlarms alarms) {
        this.parsers = parsers;
        this.environments = environments;
        this.standard = Layout.standard(environments);
        this.alarms = alarms;
    }

    /** Takes the versions of the layout that an earlier process found, before the first call of {@link #of}. */
    public void startFrom(LayoutVersions known) {
        versions = Optional.of(known);
    }

    /** The versions of the layout at the start, or as an earlier process found them. */
    public Optional<LayoutVersions> versions() {
        return versions;
    }

    /** The configuration in force at a commit. */
    public Configuration of(CommitId commit, CommitReader commits) {
        Version version = versionAt(commit, commits);
        Configuration previous = lastGood;
        if (previous != null && version.equals(lastSeen)) {
            return previous;
        }
        if (previous == null) {
            rememberFormer(commit, commits);
        }
        try {
            return keep(version, read(version, commits));
        } catch (PolicyProblems broken) {
            Optional<Configuration> valid =
                    previous != null ? Optional.of(previous) : lastValidBelow(commit, version, commits);
            valid.ifPresent(configuration -> keepAfter(broken, commit, keep(version, configuration)));
            return valid.orElseGet(() -> new Configuration(standard, NOTHING, Optional.of(broken)));
        }
    }

    /** Keeps a configuration that was never valid in force, because something is open, which must end. */
    public void enforce(Configuration invalid, CommitId commit) {
        invalid.problems().ifPresent(broken -> keepAfter(broken, commit, new Configuration(invalid.layout(), NOTHING)));
    }

    private void keepAfter(PolicyProblems broken, CommitId commit, Configuration kept) {
        lastGood = kept;
        LOG.atError().addKeyValue("commit", commit).setCause(broken).log("policy.broken");
        alarms.policyBroken(commit, broken.problems());
    }

    private Configuration keep(Version version, Configuration configuration) {
        lastGood = configuration;
        lastSeen = version;
        return configuration;
    }

    /** Collects the paths of every earlier version, so that no change of the layout hides what is open. */
    private void rememberFormer(CommitId head, CommitReader commits) {
        LayoutVersions found = LayoutVersions.read(commits, head, versions);
        versions = Optional.of(found);
        for (Optional<BlobId> ledger : found.newestFirst()) {
            layoutIfValid(ledger, commits).ifPresent(layout -> former.addAll(layout.environments()));
        }
    }

    private Optional<Layout> layoutIfValid(Optional<BlobId> ledger, CommitReader commits) {
        try {
            return Optional.of(parsers.layout().read(ledger.flatMap(commits::content), environments));
        } catch (RuntimeException | StackOverflowError _) {
            return Optional.empty();
        }
    }

    /** The newest valid version of the first-parent line: without any policy nothing could run, and nothing would end. */
    private Optional<Configuration> lastValidBelow(CommitId head, Version broken, CommitReader commits) {
        Version newer = broken;
        int versions = 0;
        for (Optional<CommitId> at = commits.firstParent(head);
                at.isPresent() && versions < MAX_VERSIONS;
                at = commits.firstParent(at.get())) {
            Version version = versionAt(at.get(), commits);
            if (!version.equals(newer)) {
                Optional<Configuration> valid = readIfValid(version, commits);
                if (valid.isPresent()) {
                    return valid;
                }
                newer = version;
                versions++;
            }
        }
        return Optional.empty();
    }

    private Optional<Configuration> readIfValid(Version version, CommitReader commits) {
        try {
            return Optional.of(read(version, commits));
        } catch (PolicyProblems _) {
            return Optional.empty();
        }
    }

    private Version versionAt(CommitId commit, CommitReader commits) {
        return new Version(
                commits.file(commit, Layout.FILE),
                commits.file(commit, standard.accessPolicy()),
                commits.file(commit, standard.people()),
                Stream.of(Layout.FILE, standard.accessPolicy(), standard.people())
                        .filter(path -> commits.isIrregular(commit, path))
                        .toList());
    }

    /** Any failure to parse a version is a problem of that version. */
    private Configuration read(Version version, CommitReader commits) {
        List<String> problems = version.irregular().stream()
                .map(path -> path + ": is a directory, a link or a submodule; replace it by a regular file")
                .collect(Collectors.toCollection(ArrayList::new));
        Optional<byte[]> ledger = content(version.ledger(), Layout.FILE, commits, problems);
        PolicyDocuments documents = new PolicyDocuments(
                content(version.policy(), standard.accessPolicy(), commits, problems),
                content(version.people(), standard.people(), commits, problems),
                ledger);
        if (!problems.isEmpty()) {
            throw new PolicyProblems(problems);
        }
        try {
            Layout layout = parsers.layout().read(ledger, environments);
            Configuration read =
                    new Configuration(layout.after(former), parsers.policy().read(documents));
            former.addAll(layout.environments());
            return read;
        } catch (PolicyProblems e) {
            throw e;
        } catch (RuntimeException | StackOverflowError e) {
            LOG.atError().setCause(e).log("policy.unreadable");
            throw new PolicyProblems(List.of("the service cannot read the policy files; its log says why"));
        }
    }

    private static Optional<byte[]> content(
            Optional<BlobId> blob, String path, CommitReader commits, List<String> problems) {
        Optional<byte[]> content = blob.flatMap(commits::content);
        if (blob.isPresent() && content.isEmpty()) {
            problems.add(path + ": is larger than the service reads; make it smaller, or raise budget.blob_bytes");
        }
        return content;
    }
}
