package dev.bastion.ledger;

import dev.bastion.access.PolicyReader;
import dev.bastion.ledger.git.Credentials;
import dev.bastion.ledger.github.PullRequests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A remote and the ledgers opened on it, closed together. */
final class LedgerWorld implements AutoCloseable {
    final RemoteRepository remote;
    final GitOverHttp http;
    final Alarms alarms = new Alarms();
    private final Path directory;
    private final List<GitGrantLedger> opened = new ArrayList<>();

    LedgerWorld(Path directory) {
        this.directory = directory;
        this.remote = RemoteRepository.in(directory.resolve("remote.git"), Samples.environments());
        this.http = new GitOverHttp(remote);
    }

    Path clone(String name) {
        return directory.resolve(name);
    }

    GitGrantLedger onDisk(String clone) {
        return open(Samples.settings(remote.url(), clone(clone)), Samples.anyPolicy());
    }

    GitGrantLedger overHttp(String clone) {
        return open(Samples.settings(http.url(), clone(clone)), Samples.anyPolicy());
    }

    GitGrantLedger overHttp(String clone, Credentials credentials) {
        return with(http.url(), clone, credentials);
    }

    GitGrantLedger with(String url, String clone, Credentials credentials) {
        LedgerSettings plain = Samples.settings(url, clone(clone));
        return open(
                new LedgerSettings(
                        plain.remote(),
                        plain.branch(),
                        plain.directory(),
                        plain.environments(),
                        credentials,
                        plain.committer(),
                        plain.patience()),
                Samples.anyPolicy());
    }

    GitGrantLedger withApprovals(String clone) {
        return open(Samples.settings(http.url(), clone(clone)), (_, _) -> Samples.policyWithApprovals());
    }

    GitGrantLedger open(LedgerSettings settings, PolicyReader policy) {
        GitGrantLedger ledger = GitGrantLedger.open(settings, policy, alarms);
        opened.add(ledger);
        return ledger;
    }

    GitGrantLedger through(PullRequests pulls, String clone) {
        GitGrantLedger ledger = GitGrantLedger.openThrough(
                pulls, Samples.settings(http.url(), clone(clone)), Samples.anyPolicy(), alarms);
        opened.add(ledger);
        return ledger;
    }

    @Override
    public void close() {
        opened.forEach(GitGrantLedger::close);
        http.close();
        remote.close();
    }
}
