package dev.bastion.sandbox.demo;

import dev.bastion.sandbox.demo.narration.Await;
import dev.bastion.sandbox.demo.narration.Narrator;
import java.util.List;

/**
 * The checks of the ledger at the end: {@code git fsck}, one end for each start, files as they were, trailers that git
 * can read, signatures that it verifies.
 */
final class LedgerCheck {
    private static final List<String> KEYS = List.of("Bastion-Action", "Bastion-Environment", "Bastion-Request-Id");

    private final GitCommand git;
    private final Narrator narrator;

    LedgerCheck(GitCommand git, Narrator narrator) {
        this.git = git;
        this.narrator = narrator;
    }

    /** @param files the environments' files, by their paths */
    void check(List<String> files) {
        List<LedgerCommit> commits = LedgerCommit.of(git, "main");
        fsck();
        everyGrantHasItsEnd(commits);
        files.forEach(file -> isAsBefore(commits.getFirst(), file));
        trailersAreRead(commits);
    }

    /** The first commit is a person's, and the forge made the merges; all others are the service's. */
    void checkSignatures() {
        List<String> verdicts = git.run("log", "--first-parent", "--no-merges", "--format=%G?", "main")
                .lines()
                .toList();
        List<String> entries = verdicts.subList(0, verdicts.size() - 1);
        Await.require(
                !entries.isEmpty() && entries.stream().allMatch("G"::equals),
                "a good signature on every entry; git log --format=%G? says " + entries);
        narrator.observed(
                "signed", "git log --show-signature finds a good signature on each of " + entries.size() + " entries");
    }

    private void fsck() {
        String said = git.run("fsck", "--full", "--strict", "--no-dangling", "--no-progress");
        Await.require(said.isBlank(), "a clean git fsck; it printed: " + said.strip());
        narrator.observed("fsck", "git fsck finds no problem");
    }

    private void everyGrantHasItsEnd(List<LedgerCommit> commits) {
        List<LedgerCommit> starts =
                commits.stream().filter(commit -> commit.hasAction("open")).toList();
        for (LedgerCommit open : starts) {
            List<LedgerCommit> ends = commits.stream()
                    .filter(LedgerCommit::endsGrant)
                    .filter(end -> end.trailer("Bastion-Request-Id").equals(open.trailer("Bastion-Request-Id")))
                    .toList();
            Await.require(ends.size() == 1, "one end of " + open.shortId() + "; there are " + ends.size());
            Await.require(
                    ends.getFirst()
                            .trailer("Reverts")
                            .filter(open.id()::startsWith)
                            .isPresent(),
                    "the trailer Reverts: " + open.shortId() + " in "
                            + ends.getFirst().shortId());
        }
        long ends = commits.stream().filter(LedgerCommit::endsGrant).count();
        Await.require(ends == starts.size(), "as many ends as starts: " + starts.size() + "; there are " + ends);
        narrator.observed(
                "paired",
                starts.size() + " grants opened, " + ends + " ended; each end names the commit that opened it");
    }

    private void isAsBefore(LedgerCommit first, String file) {
        String before = git.run("rev-parse", first.id() + ":" + file).strip();
        String after = git.run("rev-parse", "main:" + file).strip();
        Await.require(before.equals(after), file + " as it was at the start: blob " + before + ", not " + after);
        narrator.observed(
                "byte for byte", file + " is blob " + after.substring(0, 12) + ", the same as before the first grant");
    }

    private void trailersAreRead(List<LedgerCommit> commits) {
        for (LedgerCommit commit : commits.subList(1, commits.size())) {
            String logged =
                    git.run("log", "-1", "--format=%(trailers)", commit.id()).strip();
            String message = git.run("log", "-1", "--format=%B", commit.id());
            String parsed =
                    git.runWithInput(message, "interpret-trailers", "--parse").strip();
            Await.require(
                    logged.equals(parsed), "the same trailers from git log and git interpret-trailers: " + commit.id());
            KEYS.stream()
                    .filter(key -> commit.isAboutAGrant() || key.equals(KEYS.getFirst()))
                    .forEach(key -> Await.require(
                            commit.trailer(key).isPresent(), "a trailer " + key + " in " + commit.shortId()));
        }
        narrator.observed("trailers", "git log and git interpret-trailers read the same trailers from every commit");
    }
}
