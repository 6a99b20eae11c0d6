package dev.bastion.ledger.verification;

import static dev.bastion.ledger.Samples.DEV;
import static dev.bastion.ledger.Samples.JOHN;
import static dev.bastion.ledger.Samples.NOON;
import static dev.bastion.ledger.Samples.end;
import static dev.bastion.ledger.Samples.open;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.layout.LedgerName;
import dev.bastion.ledger.SigningKeys;
import dev.bastion.ledger.anchor.Anchor;
import dev.bastion.ledger.anchor.AnchorDocument;
import dev.bastion.ledger.git.signature.FileKeySigner;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.verification.AnchorSet.NamedDocument;
import dev.bastion.ledger.verification.LedgerFinding.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What anchors prove about a history, and what is done to anchors. */
class AnchorComparisonTest {
    @TempDir
    private Path directory;

    private HonestLedger ledger;
    private final List<AnchorDocument> anchors = new ArrayList<>();

    /** Two anchors: after the opening, and after the end of access to dev. */
    @BeforeEach
    void start() {
        ledger = new HonestLedger(directory);
        Grant grant = ledger.record(open(DEV, "one"));
        anchor(0, Optional.empty());
        ledger.record(end(grant, JOHN));
        anchor(1, Optional.of(anchors.getFirst()));
        ledger.record(open(DEV, "two"));
        anchor(2, Optional.of(anchors.getLast()));
    }

    @AfterEach
    void stop() {
        ledger.close();
    }

    private String name() {
        return LedgerName.of(ledger.world.ledgers.remote.url()).orElseThrow();
    }

    private void anchor(int hours, Optional<AnchorDocument> before) {
        anchors.add(AnchorDocument.of(
                new Anchor(
                        name(),
                        "main",
                        first(),
                        ledger.head(),
                        Integer.parseInt(ledger.git()
                                .run("rev-list", "--first-parent", "--count", "HEAD")
                                .strip()),
                        NOON.plus(Duration.ofHours(hours)),
                        before.map(AnchorDocument::digest)),
                Optional.of(ledger.signer)));
    }

    private CommitId first() {
        return new CommitId(
                ledger.git().run("rev-list", "--max-parents=0", "HEAD").strip());
    }

    private VerificationReport verify(List<AnchorDocument> documents) {
        return verify(ledger.keys(), documents);
    }

    private VerificationReport verify(TrustedKeys keys, List<AnchorDocument> documents) {
        List<NamedDocument> named = documents.stream()
                .map(document -> new NamedDocument("anchor-" + document.anchor().at(), document.text()))
                .toList();
        return ledger.verify(keys, Optional.of(new AnchorSet(Optional.of(name()), named)));
    }

    private static LedgerFinding only(VerificationReport report) {
        assertThat(report.findings()).hasSize(1);
        return report.findings().getFirst();
    }

    @Test
    void anHonestHistoryHasEveryAnchoredHead() {
        ledger.world.ledgers.remote.commit("more", "README.md", "x");
        VerificationReport report = verify(anchors);
        assertThat(report.findings()).isEmpty();
        assertThat(report.anchors()).contains(new VerificationReport.AnchorSummary(3, 1));
    }

    /** Nothing in the repository shows it: the branch only ends earlier. */
    @Test
    void aReversionThatWasCutOffTheBranchIsNamed() {
        ledger.world.ledgers.remote.moveBranchTo(ledger.parentOf(ledger.parentOf(ledger.head())));
        assertThat(ledger.verify().findings()).isEmpty();
        VerificationReport report = verify(anchors);
        assertThat(report.findings()).hasSize(2).allMatch(found -> found.kind() == Kind.HISTORY_REWRITTEN);
        assertThat(report.findings().getFirst().commit())
                .isEqualTo(anchors.get(1).anchor().head());
        assertThat(report.findings().getFirst().what()).contains("commits up to " + ledger.head() + " are proven");
    }

    /** Also where somebody has the service's key, and every signature fits. */
    @Test
    void aHistoryThatWasWrittenAgainIsNamedByItsFirstCommitBehindTheLastGoodAnchor() {
        CommitId base = anchors.getFirst().anchor().head();
        ledger.world.ledgers.remote.moveBranchTo(base);
        CommitId other = ledger.world.ledgers.remote.commit("other", "README.md", "x");
        ledger.world.ledgers.remote.commit("other", "README.md", "y");
        LedgerFinding found = verify(anchors).findings().getFirst();
        assertThat(found.kind()).isEqualTo(Kind.HISTORY_REWRITTEN);
        assertThat(found.commit()).isEqualTo(other);
        assertThat(found.what()).contains(anchors.get(1).anchor().head().value());
    }

    @Test
    void aDeletedAnchorIsNamedByTheOneBehindIt() {
        LedgerFinding found = only(verify(List.of(anchors.get(0), anchors.get(2))));
        assertThat(found.kind()).isEqualTo(Kind.ANCHOR_MISSING);
        assertThat(found.what()).contains("anchor-2026-01-15T14:00:00Z");
        assertThat(only(verify(List.of(anchors.get(1), anchors.get(2)))).what())
                .contains("anchor-2026-01-15T13:00:00Z");
    }

    @Test
    void anAnchorOfAnotherRepositoryIsNamedAsThat() {
        Anchor foreign = new Anchor(
                "github.com/acme/other",
                "main",
                new CommitId("1".repeat(40)),
                new CommitId("2".repeat(40)),
                2,
                NOON,
                Optional.empty());
        LedgerFinding found = only(verify(List.of(
                anchors.get(0),
                anchors.get(1),
                anchors.get(2),
                AnchorDocument.of(foreign, Optional.of(ledger.signer)))));
        assertThat(found.kind()).isEqualTo(Kind.ANCHOR_OF_ANOTHER);
        assertThat(found.what()).contains("github.com/acme/other");
    }

    @Test
    void anAnchorThatAnotherKeySignedOrSomebodyChangedProvesNothing() {
        FileKeySigner stranger = SigningKeys.newKey(directory.resolve("stranger"));
        Anchor last = anchors.get(2).anchor();
        AnchorDocument forged = AnchorDocument.of(last, Optional.of(stranger));
        AnchorDocument unsigned = AnchorDocument.of(last, Optional.empty());
        AnchorDocument changed = AnchorDocument.parse(anchors.get(2).text().replace("Commits: 5", "Commits: 4"))
                .orElseThrow();
        for (AnchorDocument document : List.of(forged, unsigned, changed)) {
            LedgerFinding found = only(verify(List.of(anchors.get(0), anchors.get(1), document)));
            assertThat(found.kind()).isEqualTo(Kind.ANCHOR_NOT_TRUSTED);
        }
        AnchorSet garbage = new AnchorSet(Optional.empty(), List.of(new NamedDocument("a\u001b[2J", "garbage")));
        assertThat(only(ledger.verify(ledger.keys(), Optional.of(garbage))).what())
                .isEqualTo("anchor a [2J is no anchor");
    }
}
