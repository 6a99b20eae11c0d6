package dev.bastion.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every {@code git log} of the documents, run in a ledger with a merge: without {@code --first-parent} git hides it. */
class DocumentedGitLogTest {
    private static final Pattern INLINE = Pattern.compile("`(git log [^`]+)`");
    private static final Pattern IN_BLOCK = Pattern.compile("(?m)^(?:\\$ )?(git log [^#\\n]+)");
    /** A placeholder, or a commit of the example that a document shows. */
    private static final Pattern COMMIT = Pattern.compile("<[^>]+>|\\b[0-9a-f]{7}\\b");

    @TempDir
    private Path directory;

    private static List<String> commands() throws IOException {
        try (Stream<Path> documents = Files.list(Path.of("../docs"))) {
            return Stream.concat(Stream.of(Path.of("../README.md")), documents)
                    .filter(document -> document.toString().endsWith(".md"))
                    .map(DocumentedGitLogTest::text)
                    .flatMap(text -> Stream.concat(
                            INLINE.matcher(text).results(),
                            IN_BLOCK.matcher(text).results()))
                    .map(found -> found.group(1).strip())
                    .distinct()
                    .toList();
        }
    }

    private static String text(Path document) {
        try {
            return Files.readString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void showsTheMergesThatCarryTheApprovals() throws IOException {
        Map<String, String> files = Map.of(
                "environments/prod/bastion/terragrunt.hcl",
                Samples.openFile("prod", Samples.JOHN, Samples.NOON, Samples.TWO),
                "environments/dev/bastion/terragrunt.hcl",
                Samples.openFile("dev", Samples.JOHN, Samples.NOON, Samples.TWO),
                "environments/access-policy.yaml",
                "defaults:\n  approvals: 1\n");
        try (RemoteRepository remote = RemoteRepository.in(directory.resolve("ledger.git"), Samples.environments())) {
            CommitId base = remote.head();
            CommitId proposal = remote.commitOffBranch(files, base);
            CommitId merge = remote.commitOffBranch(files, base, proposal);
            remote.moveBranchTo(merge);
            Git git = new Git(directory.resolve("ledger.git"));
            git.run("update-ref", "refs/remotes/origin/main", merge.value());
            assertThat(commands()).hasSizeGreaterThan(7);
            for (String command : commands()) {
                String runnable = COMMIT.matcher(command).replaceAll("HEAD");
                git.runWith(runnable, "-c", "alias.run=!sh -s", "run");
                if (command.contains(" -- ")) {
                    assertThat(git.runWith(
                                    runnable.replaceFirst(" -\\d+ ", " ").replace(" -- ", " --format=%H -- "),
                                    "-c",
                                    "alias.run=!sh -s",
                                    "run"))
                            .as(command)
                            .contains(merge.value());
                }
            }
        }
    }
}
