package dev.bastion.ledger.verification;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.LocalClone;
import dev.bastion.ledger.git.object.CommitReader;
import dev.bastion.ledger.git.object.FirstParentLine;
import dev.bastion.ledger.git.signature.SshPublicKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The verification of a line's signatures by several threads, ahead of the reader that takes the commits in their order: it takes
 * longer than all else. What is verified and not taken yet is bounded.
 */
final class SignaturesAhead implements AutoCloseable {
    /** The commits of one block. */
    static final int BLOCK = 500;

    private static final int MOST_THREADS = 8;

    private final LocalClone clone;
    private final FirstParentLine line;
    private final ExecutorService threads;
    private final int mostAhead;
    private final Deque<CompletableFuture<Map<CommitId, Optional<SshPublicKey>>>> ahead = new ArrayDeque<>();
    private int started;
    private int taken = -1;
    private Map<CommitId, Optional<SshPublicKey>> block = Map.of();

    SignaturesAhead(LocalClone clone, FirstParentLine line) {
        this.clone = clone;
        this.line = line;
        int count = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MOST_THREADS);
        this.threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().daemon().name("signatures-", 0).factory());
        this.mostAhead = count + 1;
    }

    /** The first place behind the block of a place. */
    int endOf(int place) {
        return Math.min(line.size(), (place / BLOCK + 1) * BLOCK);
    }

    /**
     * The keys that signed the commits of a place's block, empty where none did. A commit that cannot be read is missing: its
     * reader says why.
     *
     * @param place in the block of the place before, or in the next one
     */
    Map<CommitId, Optional<SshPublicKey>> around(int place) {
        while (taken < place / BLOCK) {
            while (ahead.size() < mostAhead && started * BLOCK < line.size()) {
                int from = started * BLOCK;
                ahead.add(CompletableFuture.supplyAsync(() -> verify(from, endOf(from)), threads));
                started++;
            }
            block = ahead.removeFirst().join();
            taken++;
        }
        return block;
    }

    private Map<CommitId, Optional<SshPublicKey>> verify(int from, int to) {
        Map<CommitId, Optional<SshPublicKey>> signers = new HashMap<>();
        try (CommitReader commits = clone.commits()) {
            for (int place = from; place < to; place++) {
                add(line.commit(place), commits, signers);
            }
        }
        return signers;
    }

    private static void add(CommitId commit, CommitReader commits, Map<CommitId, Optional<SshPublicKey>> signers) {
        try {
            signers.put(commit, commits.signer(commit));
        } catch (RuntimeException | StackOverflowError _) {
            signers.remove(commit);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
