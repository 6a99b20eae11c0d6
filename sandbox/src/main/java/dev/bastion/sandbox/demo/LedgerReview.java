package dev.bastion.sandbox.demo;

import java.util.List;

/** What must hold of the ledger once everything is over, by git's own word. */
final class LedgerReview {
    private static final List<String> KEYS = List.of("Bastion-Action", "Bastion-Environment", "Bastion-Request-Id");

    private final Git git;
    private final Narrator narrator;

    LedgerReview(Git git, Narrator narrator) {
        this.git = git;
        this.narrator = narrator;
    }

    void check(List<String> environments) {
        List<Commit> commits = Commit.of(git, "main");
        fsck();
        everyOpenHasItsClose(commits);
        environments.forEach(environment -> filesAreAsBefore(commits.getFirst(), environment));
        trailersAreRead(commits);
    }

    private void fsck() {
        String said = git.run("fsck", "--full", "--strict", "--no-dangling", "--no-progress");
        Eyes.require(said.isBlank(), "a clean git fsck; it said: " + said.strip());
        narrator.observed("fsck", "git fsck has nothing to say");
    }

    private void everyOpenHasItsClose(List<Commit> commits) {
        List<Commit> opens =
                commits.stream().filter(commit -> commit.does("open")).toList();
        for (Commit open : opens) {
            List<Commit> ends = commits.stream()
                    .filter(Commit::isEnd)
                    .filter(end -> end.trailer("Bastion-Request-Id").equals(open.trailer("Bastion-Request-Id")))
                    .toList();
            Eyes.require(ends.size() == 1, "one close of " + open.shortId() + "; there are " + ends.size());
            Eyes.require(
                    ends.getFirst()
                            .trailer("Reverts")
                            .filter(open.id()::startsWith)
                            .isPresent(),
                    "the trailer Reverts: " + open.shortId() + " in "
                            + ends.getFirst().shortId());
        }
        long ends = commits.stream().filter(Commit::isEnd).count();
        Eyes.require(ends == opens.size(), "as many closes as opens: " + opens.size() + "; there are " + ends);
        narrator.observed("paired", opens.size() + " opened, " + ends + " closed, each close names its open");
    }

    private void filesAreAsBefore(Commit first, String environment) {
        String path = ":environments/" + environment + "/bastion/terragrunt.hcl";
        String before = git.run("rev-parse", first.id() + path).strip();
        String after = git.run("rev-parse", "main" + path).strip();
        Eyes.require(before.equals(after), environment + "'s file as it was: blob " + before + ", not " + after);
        narrator.observed("byte for byte", environment + "'s file is blob " + after.substring(0, 12) + ", as before");
    }

    private void trailersAreRead(List<Commit> commits) {
        for (Commit commit : commits.subList(1, commits.size())) {
            String logged =
                    git.run("log", "-1", "--format=%(trailers)", commit.id()).strip();
            String message = git.run("log", "-1", "--format=%B", commit.id());
            String parsed = git.feed(message, "interpret-trailers", "--parse").strip();
            Eyes.require(logged.equals(parsed), "the same trailers by git log and interpret-trailers: " + commit.id());
            KEYS.forEach(key ->
                    Eyes.require(commit.trailer(key).isPresent(), "a trailer " + key + " in " + commit.shortId()));
        }
        narrator.observed("trailers", "git log and git interpret-trailers read the same in every commit");
    }
}
