package dev.bastion.access.audience;

import dev.bastion.access.forwarding.ForwardingLedger;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.rules.AudienceAnswers;
import dev.bastion.access.state.LedgerSnapshot;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A ledger whose policy knows who belongs to its external audiences, as they were read last. */
public final class AudienceAwareLedger implements ForwardingLedger {
    private final GrantLedger ledger;
    private final Supplier<AudienceAnswers> answers;
    private final AtomicReference<@Nullable Answered> last = new AtomicReference<>();

    /** One policy with its answers: the next snapshots mostly have the same. */
    private record Answered(AccessPolicy policy, AudienceAnswers answers, AccessPolicy answered) {}

    /** @param answers makes no call */
    public AudienceAwareLedger(GrantLedger ledger, Supplier<AudienceAnswers> answers) {
        this.ledger = ledger;
        this.answers = answers;
    }

    @Override
    public GrantLedger delegate() {
        return ledger;
    }

    @Override
    public LedgerSnapshot read() {
        return answered(ledger.read());
    }

    @Override
    public LedgerSnapshot lastSeen() {
        return answered(ledger.lastSeen());
    }

    private LedgerSnapshot answered(LedgerSnapshot snapshot) {
        AudienceAnswers now = answers.get();
        return now.all().isEmpty() ? snapshot : snapshot.under(answered(snapshot.policy(), now));
    }

    private AccessPolicy answered(AccessPolicy policy, AudienceAnswers now) {
        Answered known = last.get();
        if (known == null || !known.policy().equals(policy) || !known.answers().equals(now)) {
            known = new Answered(policy, now, policy.answered(now));
            last.set(known);
        }
        return known.answered();
    }
}
