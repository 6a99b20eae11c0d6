package dev.bastion.ledger.verification;

import dev.bastion.access.grant.Approval;
import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.observation.Observation;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.Action;
import dev.bastion.ledger.entry.CommitMessageParser;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.entry.ObservationMessageParser;
import dev.bastion.ledger.git.object.Commit;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.history.EnvironmentHistory;
import dev.bastion.ledger.verification.LedgerFinding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The verification of single entries against what their commits did, and against the entries before them. */
final class EntryVerifier {
    /** How much older than the entry before it an entry may be: several processes write, and their clocks differ. */
    private static final Duration TOLERANCE = Duration.ofMinutes(15);

    private final Layout layout;
    private final EnvironmentTracks environments;
    private final FindingList findings;
    private final Set<SlackApproval> inSlack = new HashSet<>();
    private Instant latestUnsigned = Instant.MIN;
    private int count;

    private record SlackApproval(RequestId request, String by, CommitId head) {}

    EntryVerifier(Layout layout, EnvironmentTracks environments, FindingList findings) {
        this.layout = layout;
        this.environments = environments;
        this.findings = findings;
    }

    /**
     * Verifies a commit with the service's signature.
     *
     * @param step the commit of the first-parent line: the signed one, or its merge
     * @param latest the newest time of an entry before it
     * @param policy in force before it
     */
    void verify(Step step, Commit commit, Instant latest, Optional<AccessPolicy> policy) {
        Step own = commit.id().equals(step.id()) ? step : Step.read(step.commits(), commit.id(), step.place());
        Optional<LedgerEntry> entry = CommitMessageParser.read(commit.message());
        entry.ifPresent(said -> verify(step, own, said, latest));
        entry.filter(EntryVerifier::confirms).ifPresent(said -> approvals(step, said));
        entry.ifPresent(said -> environments.apply(step, said, policy));
        ObservationMessageParser.read(commit.message()).ifPresent(seen -> verify(step, seen));
    }

    /** Whether it says who approved what an earlier commit has done. */
    static boolean confirms(LedgerEntry entry) {
        return entry.action() == Action.START || entry.confirmsEnd();
    }

    /** What was seen of a bastion belongs to access that was opened; what was refused or lapsed belongs to none. */
    private void verify(Step step, Observation seen) {
        count++;
        boolean needsGrant = switch (seen.kind()) {
            case READY, GONE, SESSIONS -> true;
            case APPROVE, DENY, LAPSE, WITHDRAW, REFUSE -> false;
        };
        if (seen instanceof Observation.Approved approved) {
            inSlack.add(new SlackApproval(
                    approved.subject().request(), approved.by().id(), approved.head()));
        }
        Observation.Subject subject = seen.subject();
        if (needsGrant && !environments.hasOpened(subject.request())) {
            findings.add(
                    Kind.REQUEST_NOT_OPEN,
                    step.id(),
                    step.place(),
                    "says \"" + seen.kind().word() + " " + subject.environment() + "\", request " + subject.request()
                            + ": the request has never opened");
        }
    }

    /** Verifies an entry of the part without signatures, where nothing proves who approved what. */
    void verifyUnsigned(Step step, LedgerEntry entry) {
        verify(step, step, entry, latestUnsigned);
        latestUnsigned =
                latestUnsigned.isBefore(step.commit().at()) ? step.commit().at() : latestUnsigned;
        environments.apply(step, entry.unsigned(), Optional.empty());
    }

    private void verify(Step step, Step own, LedgerEntry entry, Instant latest) {
        count++;
        order(step, own, entry, latest);
        EnvironmentHistory history = environments.historyOf(entry.environment());
        Optional<String> problem = requestProblem(entry, history);
        if (problem.isPresent()) {
            add(Kind.REQUEST_NOT_OPEN, step, entry, problem.get());
        } else if (!own.changed().isEmpty() || confirms(entry)) {
            effect(step, own, entry, history.open());
        }
    }

    /** What confirms an approval has the time of that, which the service may read much later. */
    private void order(Step step, Step own, LedgerEntry entry, Instant latest) {
        boolean isOlder = !confirms(entry)
                && latest.isAfter(Instant.MIN)
                && own.commit().at().isBefore(latest.minus(TOLERANCE));
        boolean endsTooEarly =
                entry.endedAt().filter(end -> end.isBefore(entry.createdAt())).isPresent();
        if (isOlder || endsTooEarly) {
            add(
                    Kind.OUT_OF_ORDER,
                    step,
                    entry,
                    isOlder ? "it is older than the entry before it" : "it ends access before it began");
        }
    }

    private Optional<String> requestProblem(LedgerEntry entry, EnvironmentHistory history) {
        Optional<Grant> open = history.open();
        boolean isOpen =
                open.filter(grant -> grant.request().equals(entry.request())).isPresent();
        boolean hasOpened = environments.hasOpened(entry.request());
        return switch (entry.action()) {
            case OPEN ->
                open.map(grant -> "request " + grant.request() + " was still open")
                        .or(() -> hasOpened ? Optional.of("the request has opened before") : Optional.empty());
            case APPROVE ->
                environments.isBreakGlass(entry.request())
                        ? Optional.empty()
                        : Optional.of("no break-glass access has this request id");
            case START, EXTEND -> isOpen ? Optional.empty() : Optional.of(notOpen(hasOpened));
            case END, EXPIRE ->
                !isOpen
                        ? Optional.of(notOpen(hasOpened))
                        : entry.reverts()
                                .filter(commit -> !open.map(Grant::openedBy).equals(Optional.of(commit)))
                                .map(_ -> "it names another commit as the one that opened it");
        };
    }

    private static String notOpen(boolean hasOpened) {
        return hasOpened ? "the request is not open any more" : "the request has never opened";
    }

    /** What is said of approvals in Slack has entries of its own before it: those of the request that was approved. */
    private void approvals(Step step, LedgerEntry entry) {
        if (entry.approvalBasis() instanceof ApprovalBasis.Approved(var approvals, var _, var _, var head)) {
            approvals.stream()
                    .filter(approval -> approval.given() instanceof Approval.Given.InSlack)
                    .map(Approval::by)
                    .filter(by -> head.filter(commit -> hasApprovedInSlack(entry, by, commit))
                            .isEmpty())
                    .forEach(by -> add(
                            Kind.NOT_APPROVED,
                            step,
                            entry,
                            "it names an approval by " + by.name()
                                    + " in Slack, and no signed entry before it has one"));
        }
    }

    /** An extension is a request of its own, which its entry does not name. */
    private boolean hasApprovedInSlack(LedgerEntry entry, Person by, CommitId head) {
        return inSlack.stream()
                .filter(approval ->
                        approval.by().equals(by.id()) && approval.head().equals(head))
                .anyMatch(approval -> entry.confirmsEnd() || approval.request().equals(entry.request()));
    }

    private void effect(Step step, Step own, LedgerEntry entry, Optional<Grant> open) {
        List<String> files = layout.filesOf(entry.environment());
        Optional<String> other = own.changed().stream()
                .map(FileVersion::path)
                .filter(path -> !files.contains(path))
                .findFirst();
        other.ifPresent(path -> add(Kind.ENTRY_CONTRADICTED, step, entry, "its commit also changes " + path));
        files.stream()
                .filter(path -> own.hasChanged(path)
                        || own.commits().file(own.id(), path).isPresent())
                .findFirst()
                .flatMap(path ->
                        new EntryEffect(own.commits(), layout).mismatch(entry, path, open, own.parent(), own.id()))
                .ifPresent(mismatch -> add(mismatch.kind(), step, entry, mismatch.what()));
    }

    private void add(Kind kind, Step step, LedgerEntry entry, String what) {
        findings.add(
                kind,
                step.id(),
                step.place(),
                "says \"" + entry.action().word() + " " + entry.environment() + "\", request " + entry.request() + ": "
                        + what);
    }

    int count() {
        return count;
    }
}
