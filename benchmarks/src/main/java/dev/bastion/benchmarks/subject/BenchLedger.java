package dev.bastion.benchmarks.subject;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.End;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.LedgerChange;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.grant.RecordResult;
import dev.bastion.access.grant.RequestId;
import dev.bastion.access.policy.AccessPolicy;
import dev.bastion.access.rules.ApprovalRules;
import dev.bastion.access.rules.Audience;
import dev.bastion.access.rules.EnvironmentRules;
import dev.bastion.access.rules.PeopleDirectory;
import dev.bastion.access.rules.ReasonRules;
import dev.bastion.access.rules.RulesByEnvironment;
import dev.bastion.github.PullRequests;
import dev.bastion.layout.Layout;
import dev.bastion.ledger.GitForge;
import dev.bastion.ledger.GitGrantLedger;
import dev.bastion.ledger.file.FileParsers;
import dev.bastion.ledger.file.LedgerAlarms;
import dev.bastion.ledger.git.object.ReadBudget;
import dev.bastion.ledger.git.object.Signature;
import dev.bastion.ledger.git.remote.Credentials;
import dev.bastion.ledger.git.signature.TrustedKeys;
import dev.bastion.ledger.write.LedgerSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** This project's ledger on a remote, and the changes that benchmarks record. */
public final class BenchLedger {
    static final Person JOHN = new Person("U12345678", "john.doe");
    private static final Instant START = Instant.parse("2026-01-15T12:00:00Z");

    private static final FileParsers PARSERS =
            new FileParsers(_ -> policy(), (_, environments) -> Layout.standard(environments));

    private BenchLedger() {}

    public static GitGrantLedger opened(String remote, Path clone) {
        return opened(remote, clone, new Credentials.None());
    }

    public static GitGrantLedger opened(String remote, Path clone, Credentials credentials) {
        return GitGrantLedger.open(
                new LedgerSettings(
                        remote,
                        "main",
                        clone,
                        "environments",
                        credentials,
                        new Signature("bastion", "bastion@example.com"),
                        Duration.ofSeconds(30),
                        ReadBudget.USUAL,
                        TrustedKeys.NONE),
                PARSERS,
                new FailingAlarms(),
                Clock.systemUTC());
    }

    /** The ledger's forge, with the policy of the ledger. */
    public static GitForge forge(GitGrantLedger ledger, PullRequests pulls, InstantSource clock) {
        return ledger.forge(pulls, PARSERS, clock, "ci");
    }

    public static LedgerChange.Open open(EnvironmentName environment, String seed) {
        return open(environment, seed, START, START.plusSeconds(7200));
    }

    public static LedgerChange.Open open(EnvironmentName environment, String seed, Instant from, Instant until) {
        AccessRequest request = new AccessRequest(
                RequestId.derivedFrom(seed),
                JOHN,
                environment,
                Optional.empty(),
                Reason.of("INC-12 slow query on orders"),
                from);
        return new LedgerChange.Open(request, from, until, Optional.empty());
    }

    public static LedgerChange.Close close(Grant grant) {
        return new LedgerChange.Close(grant, new End.Expired(), grant.expiresAt());
    }

    /** The grant of a change that was recorded now. */
    public static Grant written(RecordResult result) {
        if (result instanceof RecordResult.Recorded(var _, Grant grant, boolean repeated) && !repeated) {
            return grant;
        }
        throw new IllegalStateException("was not written: " + result);
    }

    private static AccessPolicy policy() {
        GrantDuration day = GrantDuration.parse("1d");
        return new AccessPolicy(
                RulesByEnvironment.unnamed(new EnvironmentRules(
                        Audience.EVERYONE,
                        day,
                        day,
                        day,
                        day,
                        Duration.ZERO,
                        ReasonRules.NONE,
                        0,
                        Audience.NOBODY,
                        ApprovalRules.USUAL)),
                PeopleDirectory.NOBODY);
    }

    /** Alarms that fail the benchmark. */
    private static final class FailingAlarms implements LedgerAlarms {
        @Override
        public void historyRewritten(CommitId lastSeen, CommitId now, Rewrite how) {
            throw new IllegalStateException("history rewritten");
        }

        @Override
        public void policyBroken(CommitId commit, List<String> problems) {
            throw new IllegalStateException("policy broken: " + problems);
        }

        @Override
        public void signingWorks() {}

        @Override
        public void notesRefused(String answered, String remedy) {
            throw new IllegalStateException("notes refused: " + answered);
        }

        @Override
        public void notesAccepted() {}

        @Override
        public void notesChanged(Optional<CommitId> kept, Optional<CommitId> found) {
            throw new IllegalStateException("notes changed");
        }

        @Override
        public void signingFailed(String problem) {
            throw new IllegalStateException("signing failed: " + problem);
        }
    }
}
