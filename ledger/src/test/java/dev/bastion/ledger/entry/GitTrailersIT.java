package dev.bastion.ledger.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Reason;
import dev.bastion.ledger.Git;
import dev.bastion.ledger.HostileTexts;
import dev.bastion.ledger.Samples;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Trailers parsed here and by git, compared. */
class GitTrailersIT {
    static final List<String> HOSTILE = HostileTexts.ALL;

    @TempDir
    private Path directory;

    static Stream<String> messages() {
        return TrailerBlockTest.cases().stream().map(TrailerBlockTest.Case::message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void parsesTheCasesAsGitDoes(String message) {
        assertThat(parsedHere(message)).isEqualTo(parsedByGit(message));
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void parsesHostileReasonsAsGitDoes(String hostile) {
        AccessRequest asked = Samples.open(Samples.DEV, "one").request();
        AccessRequest request = new AccessRequest(
                asked.id(),
                asked.requester(),
                asked.environment(),
                Optional.empty(),
                Reason.of(hostile),
                asked.askedAt());
        String text = CommitMessage.of(
                LedgerEntry.of(new LedgerChange.Open(request, Samples.NOON, Samples.TWO, Optional.of(Samples.SHOWN))));
        assertThat(parsedHere(text))
                .isEqualTo(parsedByGit(text))
                .startsWith("Bastion-Action: open\nBastion-Environment: dev\n");
    }

    @ParameterizedTest
    @FieldSource("HOSTILE")
    void parsesHostileProposalsAsGitDoes(String hostile) {
        ProposalEntry entry =
                new ProposalEntry(Samples.proposal(Samples.PROD, "one", hostile), Optional.of(Samples.SHOWN));
        String text = ProposalCommitMessage.of(entry);
        assertThat(parsedHere(text))
                .isEqualTo(parsedByGit(text))
                .startsWith("Bastion-Action: propose\nBastion-Proposes: open\n");
    }

    @Test
    void parsesRandomMessagesAsGitDoes() {
        List<String> lines = List.of(
                "",
                "",
                "subject",
                "A: 1",
                "B: two",
                "A: 1",
                "Signed-off-by: x",
                " folded",
                "text",
                "# comment",
                "C :x",
                "(cherry picked from commit abc)",
                "no trailer here: ",
                "-dash: x",
                "D:");
        for (long seed = 0; seed < 150; seed++) {
            Random random = new Random(seed);
            List<String> message = new ArrayList<>();
            for (int i = random.nextInt(12); i >= 0; i--) {
                message.add(lines.get(random.nextInt(lines.size())));
            }
            String text = "title\n\n" + String.join("\n", message) + "\n";
            assertThat(parsedHere(text)).as("seed %d:\n%s", seed, text).isEqualTo(parsedByGit(text));
        }
    }

    private static String parsedHere(String message) {
        return Trailers.parse(message).toString();
    }

    /** Git's result without trailers that have an empty value, which are ignored here. */
    private String parsedByGit(String message) {
        String parsed = new Git(directory).runWith(message, "interpret-trailers", "--parse", "--no-divider");
        StringBuilder output = new StringBuilder();
        parsed.lines()
                .filter(line -> !line.matches("[^:]*:\\s*"))
                .forEach(line -> output.append(line.strip()).append('\n'));
        return output.toString();
    }
}
