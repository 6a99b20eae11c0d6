package dev.bastion.apply.source;

import dev.bastion.access.port.PolicyProblems;
import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.layout.Layout;
import dev.bastion.layout.LayoutParser;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The source of a repository's layout: the {@code ledger.yaml} of a commit.
 *
 * @param environments the directory of all environments where the repository has no {@code ledger.yaml}
 */
public record LayoutSource(LayoutParser parser, String environments) {
    private static final int MOST_VERSIONS = 100;
    private static final int MOST_BYTES = 1024 * 1024;

    /** The standard layout, whatever the commit. */
    public static final LayoutSource STANDARD = new LayoutSource((_, root) -> Layout.standard(root), "environments");

    /**
     * The layout of a commit, which knows the paths and accounts of earlier versions: what is open there must be closed, too.
     * An invalid {@code ledger.yaml} must not keep an environment from being closed either, so that the last valid version
     * counts then.
     *
     * @throws InvalidConfiguration when no version is valid, with every problem of the commit's
     */
    public Layout of(GitRepository repository, String commit) {
        repository.completeHistory();
        List<Layout> valid = repository.changesOf(commit, MOST_VERSIONS, List.of(Layout.FILE)).stream()
                .flatMap(version -> Stream.concat(Stream.of(version), repository.findCommit(version + "^").stream()))
                .distinct()
                .flatMap(version -> readIfValid(repository.tree(version)).stream())
                .toList();
        Layout current = current(repository.tree(commit), valid);
        return current.withAccounts(current.accounts()
                        .after(valid.stream()
                                .flatMap(layout -> layout.accounts().all().stream())
                                .toList()))
                .after(valid.stream()
                        .flatMap(layout -> layout.environments().stream())
                        .toList());
    }

    private Layout current(GitTree tree, List<Layout> valid) {
        try {
            return read(tree);
        } catch (InvalidConfiguration invalid) {
            return valid.stream().findFirst().orElseThrow(() -> invalid);
        }
    }

    private Optional<Layout> readIfValid(GitTree tree) {
        try {
            return Optional.of(read(tree));
        } catch (InvalidConfiguration _) {
            return Optional.empty();
        }
    }

    private Layout read(GitTree tree) {
        try {
            boolean isThere = tree.list("", Integer.MAX_VALUE).stream()
                    .anyMatch(entry -> entry.name().equals(Layout.FILE));
            if (isThere && tree.read(Layout.FILE, MOST_BYTES).isEmpty()) {
                throw new InvalidConfiguration(Layout.FILE + " is no regular file of at most 1 MiB. Replace it");
            }
            return parser.read(tree.read(Layout.FILE, MOST_BYTES), environments);
        } catch (PolicyProblems e) {
            throw new InvalidConfiguration(String.join("; ", e.problems()), e);
        }
    }
}
