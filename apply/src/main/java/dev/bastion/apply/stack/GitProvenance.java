package dev.bastion.apply.stack;

import dev.bastion.apply.run.Progress;
import dev.bastion.apply.run.StepFailed;
import dev.bastion.apply.source.GitRepository;
import dev.bastion.layout.LedgerName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The reader of an environment file's last commit. Unknown values stay empty, with a warning. */
public final class GitProvenance {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final Pattern REQUEST = Pattern.compile("[0-9A-HJKMNP-TV-Z]{14,26}");

    private final GitRepository repository;

    public GitProvenance(GitRepository repository) {
        this.repository = repository;
    }

    /**
     * Reads the last commit that changed, or removed, an environment's file.
     *
     * @param revision the commit to look back from
     * @param environment the environment's name
     * @param file the path of its file in the repository
     */
    public Provenance of(String revision, String environment, String file) {
        List<String> lines;
        try {
            lines = repository.lines(
                    "log",
                    "-1",
                    // of an approved request, the merge: the service looks for CI's report on that commit
                    "--first-parent",
                    "--format=%H%n%(trailers:key=Bastion-Environment,valueonly,unfold,separator=%x20)%n"
                            + "%(trailers:key=Bastion-Request-Id,valueonly,unfold,separator=%x20)",
                    revision,
                    "--",
                    file);
        } catch (StepFailed e) {
            return unknown(String.valueOf(e.getMessage()));
        }
        if (lines.isEmpty() || !COMMIT.matcher(lines.getFirst()).matches()) {
            return unknown("no commit has changed " + file);
        }
        return read(environment, lines);
    }

    private Provenance read(String environment, List<String> lines) {
        String commit = lines.getFirst();
        boolean isAboutThisEnvironment = lines.size() > 2 && lines.get(1).equals(environment);
        Optional<String> request = isAboutThisEnvironment
                ? Optional.of(lines.get(2)).filter(id -> REQUEST.matcher(id).matches())
                : Optional.empty();
        List<String> warnings = new ArrayList<>();
        if (isShallowAt(commit)) {
            warnings.add("the clone is shallow and ends at " + commit.substring(0, 12)
                    + ", so an older commit may be the real one; clone the full history");
        }
        return new Provenance(Optional.of(commit), request, ledger(), warnings, false);
    }

    private Optional<String> ledger() {
        return repository.origin().flatMap(LedgerName::of);
    }

    /** In a shallow clone the oldest commit seems to change every file. */
    private boolean isShallowAt(String commit) {
        return repository.lines("rev-parse", "--is-shallow-repository").contains("true")
                && repository
                        .lines("rev-list", "--max-count=1", "--parents", commit)
                        .equals(List.of(commit));
    }

    private static Provenance unknown(String why) {
        return new Provenance(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of("commit unknown: " + Progress.oneLine(why)),
                false);
    }
}
