package dev.bastion.ledger;

import dev.bastion.access.approval.DecisionLog;
import dev.bastion.access.fault.LedgerNotRead;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.PastGrant;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.port.GrantLedger;
import dev.bastion.access.port.LayoutMonitor;
import dev.bastion.access.port.ObservationLog;
import dev.bastion.access.state.EnvironmentCommit;
import dev.bastion.access.state.LedgerSnapshot;
import dev.bastion.github.PullRequests;
import dev.bastion.layout.Layout;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Place;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.file.LedgerAlarms;
import dev.bastion.ledger.git.BareClone;
import dev.bastion.ledger.history.EnvironmentRecord;
import dev.bastion.ledger.history.LedgerState;
import dev.bastion.ledger.proposal.GitLayoutMonitor;
import dev.bastion.ledger.proposal.GitPolicyCheckPublisher;
import dev.bastion.ledger.proposal.GitProposalRepository;
import dev.bastion.ledger.proposal.GitPullRequestMonitor;
import dev.bastion.ledger.proposal.HeadPushers;
import dev.bastion.ledger.proposal.ManualPullRequests;
import dev.bastion.ledger.proposal.ProposalBranches;
import dev.bastion.ledger.proposal.ProposalClone;
import dev.bastion.ledger.proposal.PullRequestDetails;
import dev.bastion.ledger.proposal.PullRequestList;
import dev.bastion.ledger.proposal.PullRequestPush;
import dev.bastion.ledger.proposal.UnapprovedChanges;
import dev.bastion.ledger.write.CoalescedRead;
import dev.bastion.ledger.write.DecisionWriter;
import dev.bastion.ledger.write.GroupCommit;
import dev.bastion.ledger.write.IdleWork;
import dev.bastion.ledger.write.LedgerBranch;
import dev.bastion.ledger.write.LedgerSettings;
import dev.bastion.ledger.write.LedgerWriter;
import dev.bastion.ledger.write.ObservationQueue;
import dev.bastion.ledger.write.PushStrategy;
import dev.bastion.ledger.write.SigningSwitch;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The grant ledger of one git repository. The environment file says who has access and its commits say why; the service
 * stores nothing else. Changes that arrive together go out in one push.
 */
public final class GitGrantLedger implements GrantLedger, AutoCloseable {
    private static final int MAX_BATCH_SIZE = 250;

    private final LedgerBranch branch;
    private final CoalescedRead<LedgerState> reads;
    private final CoalescedRead<LedgerState> readsToRecord;
    private final ObservationQueue observations;
    private final GroupCommit<LedgerChange, RecordResult> writes;
    private final Optional<GroupCommit<Void, Void>> notes;
    private final Deque<ProposalClone> proposals = new ConcurrentLinkedDeque<>();
    private volatile @Nullable UnapprovedChanges unapproved;

    private GitGrantLedger(LedgerBranch branch, LedgerAlarms alarms, InstantSource clock) {
        this.branch = branch;
        boolean areNotes = branch.settings().areObservationsNotes();
        this.observations =
                areNotes ? ObservationQueue.ofNotes(branch, alarms, clock) : ObservationQueue.ofCommits(branch, clock);
        this.reads = new CoalescedRead<>(branch::refreshIfChanged);
        this.readsToRecord = new CoalescedRead<>(branch::refreshToWrite);
        this.writes = new GroupCommit<>(
                "ledger-writer",
                MAX_BATCH_SIZE,
                GitGrantLedger::isUrgent,
                new LedgerWriter(branch)::write,
                areNotes ? IdleWork.NONE : observations,
                branch.settings().pacing());
        this.notes = areNotes
                ? Optional.of(new GroupCommit<>(
                        "ledger-notes",
                        1,
                        _ -> false,
                        _ -> {},
                        observations,
                        branch.settings().pacing()))
                : Optional.empty();
        observations.onWork(notes.<Runnable>map(thread -> thread::wake).orElse(writes::wake));
    }

    /**
     * Opens the ledger and reads it completely: clones the repository, or updates the existing clone.
     *
     * @param clock no commit that others made counts as later than it says
     * @throws dev.bastion.access.port.PolicyProblems when the policy at the head is invalid
     * @throws dev.bastion.access.fault.LedgerUnreachable when the remote does not respond; retry later
     * @throws dev.bastion.access.fault.LedgerRejected when the remote denies read access
     */
    public static GitGrantLedger open(
            LedgerSettings settings, FileParsers parsers, LedgerAlarms alarms, InstantSource clock) {
        GitGrantLedger unread = unread(settings, parsers, alarms, clock);
        try {
            unread.branch.refresh();
        } catch (RuntimeException e) {
            unread.close();
            throw e;
        }
        return unread;
    }

    /** A ledger that makes no call yet. Call {@link #readClone} or {@link #read} before everything else. */
    public static GitGrantLedger unread(
            LedgerSettings settings, FileParsers parsers, LedgerAlarms alarms, InstantSource clock) {
        return new GitGrantLedger(new LedgerBranch(settings, parsers, alarms, BareClone::push, clock), alarms, clock);
    }

    /**
     * As {@link #unread}, of a repository whose branch accepts no direct push: the service opens a pull request for each push
     * and merges it.
     */
    public static GitGrantLedger unreadThrough(
            PullRequests pulls,
            LedgerSettings settings,
            FileParsers parsers,
            LedgerAlarms alarms,
            InstantSource clock) {
        boolean isSigning = settings.keys().signer().isPresent();
        PushStrategy push = new PullRequestPush(pulls, settings.branch(), isSigning);
        return new GitGrantLedger(new LedgerBranch(settings, parsers, alarms, push, clock), alarms, clock);
    }

    /**
     * Begins the signed part of the ledger, if the settings have a key and the branch has no signed entry yet; warns when
     * entries are not signed, or when the repository does not list the key.
     */
    public void beginSigning(Instant now) {
        new SigningSwitch(branch).begin(now);
    }

    /** The end of a grant of the service does not wait for those of others: one commit by hand can open thousands. */
    private static boolean isUrgent(LedgerChange change) {
        return change instanceof LedgerChange.Close(Grant grant, var _, var _) && !grant.madeByHand();
    }

    /**
     * Reads the clone on disk as an earlier process left it, and makes no call to the remote.
     *
     * @return whether there is one that can be read; then this ledger answers from it until the remote is read
     */
    public boolean readClone() {
        return branch.readClone();
    }

    /**
     * The forge that hosts this ledger's repository.
     *
     * @param parsers parse the configuration files that a pull request changes
     * @param ciLogin the account that CI posts its plans as
     */
    public GitForge forge(PullRequests pulls, FileParsers parsers, InstantSource clock, String ciLogin) {
        PullRequestList list = new PullRequestList(pulls, clock);
        PullRequestDetails details =
                new PullRequestDetails(pulls, () -> branch.state().head(), clock, ciLogin);
        ProposalClone clone = proposalClone(clock);
        HeadPushers pushers = new HeadPushers(pulls, clone, clock);
        GitProposalRepository repository =
                new GitProposalRepository(new ProposalBranches(branch, clone), pulls, list, details, pushers, clock);
        UnapprovedChanges changes = new UnapprovedChanges(branch, clone, repository, parsers, clock);
        unapproved = changes;
        ManualPullRequests manual =
                new ManualPullRequests(branch, clone, pulls, details, pushers, changes::suspended, parsers);
        return new GitForge(
                repository,
                new GitPullRequestMonitor(list, details, repository, manual),
                new GitPolicyCheckPublisher(pulls, clock));
    }

    /**
     * The observer of the default branch's layout and, after {@link #forge}, of changes that were merged without approval. It
     * reads in the clone of the forge if there is one.
     */
    public LayoutMonitor layout(InstantSource clock) {
        ProposalClone known = proposals.peek();
        LayoutMonitor lookalikes = new GitLayoutMonitor(branch, known != null ? known : proposalClone(clock));
        UnapprovedChanges changes = unapproved;
        return changes == null
                ? lookalikes
                : () -> Stream.concat(lookalikes.look().stream(), changes.look().stream())
                        .toList();
    }

    /** The log of observations, whose entries go out with those of the changes, after them. */
    public ObservationLog observations() {
        return observations;
    }

    public DecisionLog decisions() {
        return new DecisionWriter(branch);
    }

    /** The AWS accounts that the default branch names, as of the last read; empty before the first one. Makes no call. */
    public Optional<AwsAccounts> accounts() {
        return branch.isKnown() ? Optional.of(branch.state().layout().accounts()) : Optional.empty();
    }

    /** The account and region of an environment, by its file's path; empty where no pattern names it. Makes no call. */
    public Optional<Place> placeOf(EnvironmentName environment) {
        Layout layout = branch.state().layout();
        EnvironmentRecord record = branch.state().records().get(environment);
        return record == null ? layout.placeOf(environment, _ -> false) : layout.placeAt(record.path());
    }

    private LedgerSnapshot suspending(LedgerSnapshot snapshot) {
        UnapprovedChanges changes = unapproved;
        return changes == null ? snapshot : snapshot.suspending(changes.suspended());
    }

    private ProposalClone proposalClone(InstantSource clock) {
        ProposalClone clone = ProposalClone.beside(branch, clock);
        proposals.push(clone);
        return clone;
    }

    @Override
    public LedgerSnapshot read() {
        return read(reads);
    }

    @Override
    public LedgerSnapshot readToRecord() {
        return read(readsToRecord);
    }

    private LedgerSnapshot read(CoalescedRead<LedgerState> by) {
        try {
            return suspending(by.read().snapshot());
        } catch (LedgerUnreachable | LedgerRejected e) {
            throw branch.isKnown() ? e : new LedgerNotRead(e);
        }
    }

    @Override
    public LedgerSnapshot lastSeen() {
        return branch.isKnown() ? suspending(branch.state().snapshot()) : read();
    }

    @Override
    public RecordResult record(LedgerChange change) {
        return CoalescedRead.join(writes.submit(change));
    }

    @Override
    public List<PastGrant> endedSince(Instant moment) {
        return branch.state().records().values().stream()
                .flatMap(record -> record.history().past().stream()
                        .takeWhile(past -> !past.endedAt().isBefore(moment)))
                .sorted(Comparator.comparing(PastGrant::endedAt)
                        .reversed()
                        .thenComparing(past -> past.grant().environment()))
                .toList();
    }

    @Override
    public List<PastGrant> history(EnvironmentName environment, int limit) {
        EnvironmentRecord record = branch.state().records().get(environment);
        return record == null
                ? List.of()
                : record.history().past().stream().limit(limit).toList();
    }

    @Override
    public List<EnvironmentCommit> commits(EnvironmentName environment) {
        EnvironmentRecord record = branch.state().records().get(environment);
        return record == null ? List.of() : record.commits();
    }

    /** Writes a part of the observations that are due; for a ledger that works in steps. */
    public void step() {
        writes.step();
        notes.ifPresent(GroupCommit::step);
    }

    /** Writes the pending changes and observations, then closes the clone. */
    @Override
    public void close() {
        writes.close();
        notes.ifPresent(GroupCommit::close);
        observations.close();
        proposals.forEach(ProposalClone::close);
        branch.close();
    }
}
