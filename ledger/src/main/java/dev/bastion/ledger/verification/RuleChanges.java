package dev.bastion.ledger.verification;

import dev.bastion.layout.Layout;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.history.SignedPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The changes of the rules during a verification: the policy, its people, the layout and the repository's keys. */
final class RuleChanges {
    private static final int MOST = 10_000;

    private final TrustedKeys keys;
    private final Set<String> files;
    private final List<RuleChange> kept = new ArrayList<>();
    private int count;

    /** @param environments the directory of the policy's files */
    RuleChanges(TrustedKeys keys, String environments) {
        Layout standard = Layout.standard(environments);
        this.keys = keys;
        this.files = Set.of(Layout.FILE, standard.accessPolicy(), standard.people(), standard.allowedSigners());
    }

    /** @param signed the signed part up to the commit */
    void passed(Step step, SignedPart signed) {
        List<String> changed = step.changed().stream()
                .map(FileVersion::path)
                .filter(files::contains)
                .toList();
        if (changed.isEmpty() || signed.trusts(step.commit(), keys)) {
            return;
        }
        count++;
        if (kept.size() < MOST) {
            String subject = step.commit().message().lines().findFirst().orElse("");
            kept.add(new RuleChange(
                    step.id(),
                    FindingList.printable(step.commit().authorName()),
                    FindingList.printable(subject),
                    changed));
        }
    }

    List<RuleChange> all() {
        return kept;
    }

    int count() {
        return count;
    }
}
