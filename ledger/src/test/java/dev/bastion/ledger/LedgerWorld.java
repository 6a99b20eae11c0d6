package dev.bastion.ledger;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.port.PolicyParser;
import dev.bastion.github.PullRequests;
import dev.bastion.ledger.git.remote.Credentials;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.write.LedgerSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.RepositoryBuilder;

/** A remote and the ledgers opened on it, closed together. */
public final class LedgerWorld implements AutoCloseable {
    private volatile Instant now = Samples.CLOCK.instant();

    public final RemoteRepository remote;
    public final GitOverHttp http;
    public final RecordedAlarms alarms = new RecordedAlarms();
    private final Path directory;
    private final List<GitGrantLedger> opened = new ArrayList<>();

    public LedgerWorld(Path directory) {
        this.directory = directory;
        this.remote = RemoteRepository.in(directory.resolve("remote.git"), Samples.environments());
        this.http = new GitOverHttp(remote);
    }

    public String httpUrl() {
        return http.url();
    }

    /** How many packs were fetched over HTTP. */
    public int fetches() {
        return http.fetches.get();
    }

    public CountDownLatch holdFetchesOf(CommitId commit, CountDownLatch latch) {
        return http.holdFetchesOf(commit, latch);
    }

    /** Whether a clone has the commit, its own or a borrowed one. */
    public boolean has(String clone, CommitId commit) {
        try (Repository repository =
                new RepositoryBuilder().setGitDir(clone(clone).toFile()).build()) {
            return repository.getObjectDatabase().has(ObjectId.fromString(commit.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Path clone(String name) {
        return directory.resolve(name);
    }

    /** The time at which ledgers read from now on. */
    public void readAt(Instant moment) {
        now = moment;
    }

    public GitGrantLedger onDisk(String clone) {
        return open(Samples.settings(remote.url(), clone(clone)), Samples.anyPolicy());
    }

    public GitGrantLedger overHttp(String clone) {
        return open(Samples.settings(http.url(), clone(clone)), Samples.anyPolicy());
    }

    public GitGrantLedger overHttp(String clone, Credentials credentials) {
        return at(http.url(), clone, credentials);
    }

    public GitGrantLedger at(String url, String clone, Credentials credentials) {
        LedgerSettings plain = Samples.settings(url, clone(clone));
        return open(
                new LedgerSettings(
                        plain.remote(),
                        plain.branch(),
                        plain.directory(),
                        plain.environments(),
                        credentials,
                        plain.committer(),
                        plain.timeout(),
                        plain.budget(),
                        plain.keys()),
                Samples.anyPolicy());
    }

    public GitGrantLedger withApprovals(String clone) {
        return withApprovals(clone, TrustedKeys.NONE);
    }

    public GitGrantLedger withApprovals(String clone, TrustedKeys keys) {
        LedgerSettings settings = Samples.with(Samples.settings(http.url(), clone(clone)), keys);
        return open(settings, _ -> Samples.policyWithApprovals());
    }

    /** A service with a key, started. */
    public GitGrantLedger signing(String clone, TrustedKeys keys) {
        GitGrantLedger ledger =
                open(Samples.with(Samples.settings(remote.url(), clone(clone)), keys), Samples.anyPolicy());
        ledger.beginSigning(Samples.NOON);
        return ledger;
    }

    /** A service that keeps its observations as notes, started; it signs if it has a key. */
    public GitGrantLedger noting(String clone, TrustedKeys keys) {
        LedgerSettings settings = Samples.with(Samples.settings(http.url(), clone(clone)), keys);
        GitGrantLedger ledger = open(settings.withNotes(), Samples.anyPolicy());
        ledger.beginSigning(Samples.NOON);
        return ledger;
    }

    public GitGrantLedger open(LedgerSettings settings, PolicyParser policy) {
        GitGrantLedger ledger = GitGrantLedger.open(settings, Samples.parsers(policy), alarms, () -> now);
        opened.add(ledger);
        return ledger;
    }

    public GitGrantLedger through(PullRequests pulls, String clone) {
        return through(pulls, clone, TrustedKeys.NONE);
    }

    public GitGrantLedger through(PullRequests pulls, String clone, TrustedKeys keys) {
        LedgerSettings settings = Samples.with(Samples.settings(http.url(), clone(clone)), keys);
        GitGrantLedger ledger =
                GitGrantLedger.unreadThrough(pulls, settings, Samples.parsers(Samples.anyPolicy()), alarms, () -> now);
        opened.add(ledger);
        ledger.read();
        return ledger;
    }

    @Override
    public void close() {
        opened.forEach(GitGrantLedger::close);
        http.close();
        remote.close();
    }
}
