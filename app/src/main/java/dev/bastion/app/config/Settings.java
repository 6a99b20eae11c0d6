package dev.bastion.app.config;

import dev.bastion.access.grant.CommitId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All settings of the service, one record per subject. {@code app/bastion.example.yaml} documents them.
 *
 * @param remarks the warnings about settings that work and should be changed
 */
public record Settings(
        Slack slack,
        Ledger ledger,
        Signing signing,
        Anchors anchors,
        Github github,
        Pagerduty pagerduty,
        Aws aws,
        Schedule schedule,
        Grace grace,
        Budget budget,
        Http http,
        Api api,
        Database database,
        Log log,
        List<String> remarks) {
    public Settings {
        remarks = List.copyOf(remarks);
    }

    /** The same with these remarks, and those of the schedule. */
    Settings withRemarks(List<String> more) {
        List<String> all = new ArrayList<>(schedule.remarks());
        all.addAll(more);
        return new Settings(
                slack, ledger, signing, anchors, github, pagerduty, aws, schedule, grace, budget, http, api, database,
                log, all);
    }

    /** The Slack workspace. */
    public record Slack(Secret appToken, Secret botToken, String channel, URI apiUrl) {}

    /** The way the service's own commits get onto the branch. */
    public enum Reversions {
        /** A direct push. */
        DIRECT,
        /** A pull request that the service merges itself, for branches that accept no push. */
        PULL_REQUEST
    }

    /** Where the ledger keeps what the service observed. */
    public enum Observations {
        /** Commits that change no file, on the branch. */
        COMMITS,
        /** Git notes, in a ref of their own: {@code refs/notes/bastion}. */
        NOTES,
        /** Nowhere: what an older version wrote is still read. */
        NONE
    }

    /** The git remote with the environments, and the local clone. */
    public record Ledger(
            String remote,
            String branch,
            Path directory,
            String environments,
            String username,
            Secret token,
            String sshKey,
            String committerName,
            String committerEmail,
            Reversions reversions,
            Observations observations) {
        /** The committer's address where none is given. */
        public static final String DEFAULT_EMAIL = "bastion@users.noreply.github.com";
    }

    /**
     * The key that signs the service's commits; without one, they are unsigned.
     *
     * @param key an OpenSSH private key
     * @param keyFile the path of an OpenSSH private key; it may be missing, which is an alarm and not a fault
     * @param kmsKey the id, ARN or alias of a key in AWS KMS instead
     * @param allowedSigners the path of a file with the keys of other processes and of the past
     * @param since the commit from which on entries are signed: where the branch does not contain it, all of it is signed
     */
    public record Signing(Secret key, String keyFile, String kmsKey, String allowedSigners, Optional<CommitId> since) {
        public boolean hasKey() {
            return ways() > 0;
        }

        boolean hasSeveralKeys() {
            return ways() > 1;
        }

        private long ways() {
            return Stream.of(key.value(), keyFile, kmsKey)
                    .filter(way -> !way.isEmpty())
                    .count();
        }
    }

    /**
     * The place of anchors; without one, nobody notices a history that was rewritten whole.
     *
     * @param bucket an S3 bucket with Object Lock
     * @param region the bucket's; empty for {@code aws.region}
     * @param prefix of the keys
     * @param remote a git repository instead, whose writers are others than the ledger's
     * @param branch of that repository
     */
    public record Anchors(
            String bucket,
            String region,
            String prefix,
            String remote,
            String branch,
            String username,
            Secret token,
            String sshKey) {
        public boolean isBucket() {
            return !bucket.isEmpty();
        }

        public boolean areKept() {
            return isBucket() || !remote.isEmpty();
        }
    }

    /**
     * GitHub, for CI results and approvals; unused without a repository.
     *
     * @param ciLogin the account that CI posts commit statuses as
     */
    public record Github(
            URI apiUrl,
            String repository,
            Secret token,
            String appId,
            Secret appPrivateKey,
            String appInstallation,
            String ciLogin) {}

    /**
     * PagerDuty, for the audiences {@code oncall:}; unused without a token.
     *
     * @param token a read-only API key
     */
    public record Pagerduty(URI apiUrl, Secret token) {}

    /** The AWS region of the bastions; an empty endpoint means AWS itself. */
    public record Aws(String region, String endpoint) {}

    /**
     * How often each part of the reconcile pass's snapshot is read.
     *
     * @param accountsEvery how often the account of one holder or reviewer is looked up in Slack
     * @param sweepEvery the obsolete predecessor of {@code ledgerEvery}; zero when it is not given
     * @param stuckAfter how long no pass may finish before the process counts as stuck
     */
    public record Schedule(
            Duration ledgerEvery,
            Duration sweepEvery,
            Duration lookEvery,
            Duration proposalsEvery,
            Duration accountsEvery,
            Duration stuckAfter) {
        /** The warnings about obsolete settings that are still given. */
        List<String> remarks() {
            return sweepEvery.isZero()
                    ? List.of()
                    : List.of("schedule.sweep_every has no effect any more: the whole ledger is read every"
                            + " schedule.ledger_every (" + ledgerEvery.toSeconds()
                            + " s); remove sweep_every, or rename it to ledger_every");
        }
    }

    /** @param apply the longest time from a commit to the end of its run in CI */
    public record Grace(Duration alarm, Duration termination, Duration apply) {}

    /** How much is read of what others write into the repository. */
    public record Budget(
            int blobBytes,
            int messageBytes,
            int changedFiles,
            int pullRequests,
            Duration perPullRequest,
            int packBytes) {}

    public record Http(String host, int port) {}

    /**
     * The API.
     *
     * @param port empty while it is off
     * @param bind the address it listens at
     */
    public record Api(Optional<Integer> port, String bind, List<Issuer> issuers) {
        public Api {
            issuers = List.copyOf(issuers);
        }

        /**
         * An OIDC issuer whose tokens the API believes.
         *
         * @param issuer as its tokens write it
         * @param audience that its tokens must be for
         * @param jwksUri its keys; empty for what its discovery document says
         */
        public record Issuer(String issuer, String audience, Optional<URI> jwksUri) {}
    }

    /**
     * The PostgreSQL that several replicas share; without it there is one replica.
     *
     * @param url of the scheme {@code postgresql}, with a host and the name of a database; empty for none
     * @param password itself; unused where it has a file
     * @param passwordFile the path of the password's file, which is read for each new connection; empty for none
     * @param ca the certificates (PEM) that sign the server's; without them those that Java knows
     */
    public record Database(URI url, String username, Secret password, String passwordFile, Secret ca) {
        public boolean isGiven() {
            return !url.toString().isEmpty();
        }

        /** Whether no network is between; another database must be reached by TLS. */
        public boolean isOnThisMachine() {
            return ServiceAddress.isThisMachine(url.getHost());
        }

        /**
         * The password as its file has it now: a token for IAM authentication is replaced every few minutes.
         *
         * @throws IllegalArgumentException when the file cannot be read
         */
        public String currentPassword() {
            return passwordFile.isEmpty() ? password.value() : SecretFile.read(passwordFile);
        }
    }

    public record Log(String format) {}
}
