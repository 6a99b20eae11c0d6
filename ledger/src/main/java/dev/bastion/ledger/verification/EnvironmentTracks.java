package dev.bastion.ledger.verification;

import dev.bastion.access.grant.ApprovalBasis;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.state.LedgerSnapshot.LatestEnd;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.entry.Action;
import dev.bastion.ledger.entry.LedgerEntry;
import dev.bastion.ledger.file.FileState;
import dev.bastion.ledger.file.FileStateReader;
import dev.bastion.ledger.file.ManualEdit;
import dev.bastion.ledger.git.object.FileVersion;
import dev.bastion.ledger.history.EnvironmentHistory;
import dev.bastion.ledger.verification.LedgerFinding.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The environments during a verification: what is open, which requests have opened, and what was moved without the service. */
final class EnvironmentTracks {
    private static final int MOST_ENVIRONMENTS = 20_000;
    private static final int MOST_MOVES = 200;
    /** How long the service may take to write down who approved what was merged. */
    private static final Duration CONFIRMATION_TAKES = Duration.ofMinutes(10);

    private final Layout layout;
    private final FindingList findings;
    private final Map<EnvironmentName, EnvironmentTrack> tracks = new HashMap<>();
    private final Set<RequestId> opened = new HashSet<>();
    private final Set<RequestId> breakGlass = new HashSet<>();
    private final List<ManualMove> moves = new ArrayList<>();
    private int moveCount;

    EnvironmentTracks(Layout layout, FindingList findings) {
        this.layout = layout;
        this.findings = findings;
    }

    EnvironmentHistory historyOf(EnvironmentName environment) {
        return trackOf(environment).history();
    }

    private EnvironmentTrack trackOf(EnvironmentName environment) {
        EnvironmentTrack known = tracks.get(environment);
        return known != null ? known : EnvironmentTrack.of(environment);
    }

    boolean hasOpened(RequestId request) {
        return opened.contains(request);
    }

    boolean isBreakGlass(RequestId request) {
        return breakGlass.contains(request);
    }

    /** Applies an entry, whatever it is worth, so that what follows is compared with what the file says now. */
    void apply(Step step, LedgerEntry entry, Optional<AccessPolicy> policy) {
        EnvironmentTrack track = trackOf(entry.environment());
        EnvironmentTrack now = track.with(track.history().after(step.id(), entry));
        if (entry.action() == Action.OPEN) {
            opened.add(entry.request());
            if (entry.approvalBasis() instanceof ApprovalBasis.BreakGlass) {
                breakGlass.add(entry.request());
            }
            boolean isUnapproved = entry.approvalBasis() instanceof ApprovalBasis.ByPolicy
                    && policy.filter(rules -> wantsApproval(rules, entry.environment()))
                            .isPresent();
            now = isUnapproved ? now.needing(unapproved(step, entry.environment() + " was opened")) : now;
        }
        if (entry.action() == Action.START && entry.approvalBasis() instanceof ApprovalBasis.Approved) {
            now = now.approved(track.history().open().map(Grant::openedBy).filter(by -> isOfHead(step, by, entry)));
        } else if (entry.confirmsEnd()) {
            now = now.approved(
                    track.history().latestEnd().map(LatestEnd::setBy).filter(by -> isOfHead(step, by, entry)));
        }
        keep(step, entry.environment(), now);
    }

    /** A merge that does something else than the approved head is approved by no entry. */
    private boolean isOfHead(Step step, CommitId merged, LedgerEntry entry) {
        return entry.approvalBasis() instanceof ApprovalBasis.Approved(var _, var _, var _, var head)
                && head.filter(approved -> !Step.mayBeMergeOf(step.commits(), merged, approved, layout))
                        .isEmpty();
    }

    /** Applies a merged proposal: its approval is what a signed entry says later. */
    void apply(Step step, EnvironmentHistory after, Optional<AccessPolicy> policy) {
        EnvironmentName environment = after.environment();
        EnvironmentTrack track = trackOf(environment);
        after.open().map(Grant::request).ifPresent(opened::add);
        boolean wants = policy.filter(rules -> wantsApproval(rules, track.history(), after))
                .isPresent();
        EnvironmentTrack now = track.with(after);
        keep(step, environment, wants ? now.needing(unapproved(step, what(environment, track, after))) : now);
    }

    /** Applies the file that a commit without the service left. */
    void apply(
            Step step,
            EnvironmentName environment,
            FileVersion file,
            ManualEdit.Context context,
            Optional<AccessPolicy> policy) {
        FileState state = new FileStateReader(step.commits(), layout).of(file.path(), file.blob());
        EnvironmentTrack track = trackOf(environment);
        EnvironmentHistory after = track.history().after(new ManualEdit(step.commit(), state, context));
        Optional<String> what = whatMoved(track.history(), after, state);
        what.ifPresent(text -> {
            moveCount++;
            if (moves.size() < MOST_MOVES) {
                moves.add(new ManualMove(step.id(), environment, text));
            }
        });
        after.open().map(Grant::request).ifPresent(opened::add);
        boolean isJudged = context == ManualEdit.Context.SIGNED || context == ManualEdit.Context.SIGNED_WITH_OTHERS;
        boolean wants = isJudged
                && what.isPresent()
                && policy.filter(rules -> wantsApproval(rules, track.history(), after))
                        .isPresent();
        EnvironmentTrack base = isOther(track.history(), after) ? settled(track) : track;
        EnvironmentTrack now = base.with(after);
        keep(step, environment, wants ? now.needing(unapproved(step, what(environment, track, after))) : now);
    }

    private void keep(Step step, EnvironmentName environment, EnvironmentTrack now) {
        if (!tracks.containsKey(environment) && tracks.size() >= MOST_ENVIRONMENTS) {
            findings.add(Kind.UNREADABLE, step.id(), step.place(), "adds more environments than are read");
            return;
        }
        tracks.put(environment, now.history().open().isPresent() ? now : settled(now));
    }

    /** The track after its access is over: what nobody approved by then is a finding. */
    private EnvironmentTrack settled(EnvironmentTrack track) {
        track.unapproved().forEach(this::addUnapproved);
        return track.settled();
    }

    private void addUnapproved(EnvironmentTrack.Unapproved move) {
        findings.add(
                Kind.NOT_APPROVED,
                move.commit(),
                move.place(),
                move.what() + ", which wanted an approval, and no signed entry says who approved it");
    }

    /**
     * Judges what is open at the head.
     *
     * @param entryPlace the place of the newest commit whose time the service wrote; -1 where there is none
     * @param entryAt that time: what stands before the commit is no newer
     */
    void finish(Instant now, int entryPlace, Instant entryAt) {
        tracks.values().stream()
                .flatMap(track -> track.unapproved().stream())
                .filter(move -> !isRecent(move.place() < entryPlace ? earlier(move.at(), entryAt) : move.at(), now))
                .forEach(this::addUnapproved);
    }

    /** A person writes any date into a commit: one that has not come yet makes nothing recent. */
    private static boolean isRecent(Instant at, Instant now) {
        return !at.isAfter(now) && !at.plus(CONFIRMATION_TAKES).isBefore(now);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static boolean isOther(EnvironmentHistory before, EnvironmentHistory after) {
        return before.open()
                .map(Grant::request)
                .filter(request -> !after.open().map(Grant::request).equals(Optional.of(request)))
                .isPresent();
    }

    private static boolean wantsApproval(AccessPolicy policy, EnvironmentName environment) {
        return !policy.environments().isNamed(environment)
                || policy.rulesOf(environment).approvals() > 0;
    }

    /** Whether the policy wants an approval for what is open now and was not, or not for so long. */
    private static boolean wantsApproval(AccessPolicy policy, EnvironmentHistory before, EnvironmentHistory after) {
        Optional<Grant> old = before.open();
        Optional<Grant> now = after.open();
        if (now.isEmpty()) {
            return false;
        }
        if (old.isEmpty() || isOther(before, after)) {
            return wantsApproval(policy, after.environment());
        }
        return now.get().expiresAt().isAfter(old.get().expiresAt())
                && (!policy.environments().isNamed(after.environment()) || policy.needsApprovalOfItsEnd(now.get()));
    }

    private static EnvironmentTrack.Unapproved unapproved(Step step, String what) {
        return new EnvironmentTrack.Unapproved(
                step.id(), step.place(), step.commit().at(), what);
    }

    private static String what(EnvironmentName environment, EnvironmentTrack before, EnvironmentHistory after) {
        return environment
                + (before.history().open().isPresent() && !isOther(before.history(), after)
                        ? " was extended"
                        : " was opened");
    }

    private static Optional<String> whatMoved(EnvironmentHistory before, EnvironmentHistory after, FileState file) {
        if (file instanceof FileState.Unclear(String problem, boolean isClosed) && !isClosed) {
            return Optional.of("made unreadable: " + problem);
        }
        Optional<Grant> old = before.open();
        Optional<Grant> now = after.open();
        if (now.isEmpty()) {
            return old.map(grant -> "closed for " + grant.holder().name());
        }
        String access = now.get().holder().name() + " until " + now.get().expiresAt();
        if (old.isEmpty() || isOther(before, after)) {
            return Optional.of("opened for " + access);
        }
        return old.get().expiresAt().equals(now.get().expiresAt())
                ? Optional.empty()
                : Optional.of("moved the end of " + access);
    }

    List<Grant> open() {
        return tracks.values().stream()
                .flatMap(track -> track.history().open().stream())
                .sorted(Comparator.comparing(Grant::environment))
                .toList();
    }

    List<ManualMove> moves() {
        return moves;
    }

    int moveCount() {
        return moveCount;
    }
}
