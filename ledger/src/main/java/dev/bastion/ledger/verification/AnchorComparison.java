package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.anchor.Anchor;
import dev.bastion.ledger.anchor.AnchorDocument;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.verification.LedgerFinding.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The comparison of a first-parent line with the anchors of other places. */
final class AnchorComparison {
    private final FirstParentLine line;
    private final TrustedKeys keys;
    private final FindingList findings;
    private int lastProven = -1;

    AnchorComparison(FirstParentLine line, TrustedKeys keys, FindingList findings) {
        this.line = line;
        this.keys = keys;
        this.findings = findings;
    }

    private record Named(String name, AnchorDocument document) {
        Anchor anchor() {
            return document.anchor();
        }
    }

    VerificationReport.AnchorSummary compare(AnchorSet set) {
        List<Named> anchors = new ArrayList<>();
        for (AnchorSet.NamedDocument each : set.documents()) {
            AnchorDocument.parse(each.text())
                    .ifPresentOrElse(
                            document -> anchors.add(new Named(each.name(), document)),
                            () -> add(Kind.ANCHOR_NOT_TRUSTED, newest(), each.name(), "is no anchor"));
        }
        anchors.sort(Comparator.comparing((Named each) -> each.anchor().at())
                .thenComparingLong(each -> each.anchor().commits()));
        anchors.forEach(each -> compare(each, set.repository()));
        requireChain(anchors);
        return new VerificationReport.AnchorSummary(anchors.size(), line.size() - 1 - lastProven);
    }

    private void compare(Named each, Optional<String> repository) {
        Anchor anchor = each.anchor();
        if (!isTrusted(each.document())) {
            add(Kind.ANCHOR_NOT_TRUSTED, newest(), each.name(), "is not signed with a key that was trusted then");
        } else if (line.has(anchor.head(), anchor.commits() - 1)) {
            lastProven = Math.max(lastProven, anchor.commits() - 1);
        } else if (repository.filter(name -> !name.equals(anchor.repository())).isPresent()) {
            add(Kind.ANCHOR_OF_ANOTHER, newest(), each.name(), "is of another repository, " + anchor.repository());
        } else {
            rewritten(each);
        }
    }

    /** Without any key nothing is signed, and the place that keeps the anchors is what proves them. */
    private boolean isTrusted(AnchorDocument document) {
        return !keys.areAny()
                || document.signedBy()
                        .filter(key -> keys.isTrusted(key, document.anchor().at()))
                        .isPresent();
    }

    private void rewritten(Named each) {
        Anchor anchor = each.anchor();
        int place = Math.min(lastProven + 1, line.size());
        CommitId first = place < line.size() ? line.commit(place) : anchor.head();
        findings.add(
                Kind.HISTORY_REWRITTEN,
                first,
                place,
                "anchor " + each.name() + " says that " + anchor.branch() + " had " + anchor.commits()
                        + " commits up to " + anchor.head() + " at " + anchor.at() + ", and that commit is not there; "
                        + (lastProven < 0
                                ? "no commit is proven"
                                : "commits up to " + line.commit(lastProven) + " are proven"));
    }

    private void requireChain(List<Named> anchors) {
        Set<String> digests = new HashSet<>();
        anchors.forEach(each -> digests.add(each.document().digest()));
        for (Named each : anchors) {
            each.anchor()
                    .previous()
                    .filter(digest -> !digests.contains(digest))
                    .ifPresent(_ -> add(
                            Kind.ANCHOR_MISSING,
                            each.anchor().head(),
                            each.name(),
                            "names an anchor before it that is missing: it was deleted, or not fetched"));
        }
    }

    private CommitId newest() {
        return line.commit(line.size() - 1);
    }

    private void add(Kind kind, CommitId commit, String name, String what) {
        findings.add(kind, commit, line.size() - 1, "anchor " + name + " " + what);
    }
}
