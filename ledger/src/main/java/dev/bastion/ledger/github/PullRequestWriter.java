package dev.bastion.ledger.github;

import dev.bastion.access.CommitId;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@link PullRequests} changes. */
final class PullRequestWriter {
    private final GithubCalls calls;
    private final RepositoryPath here;
    private final PullRequestReader reader;

    PullRequestWriter(GithubCalls calls, RepositoryPath here, PullRequestReader reader) {
        this.calls = calls;
        this.here = here;
        this.reader = reader;
    }

    PullRequest create(String branch, String base, String title, String body) throws IOException {
        Call call = Call.post(
                Map.of("title", title, "body", body, "head", branch, "base", base, "maintainer_can_modify", false),
                here.to("pulls"));
        Reply reply = calls.answer(call);
        if (reply.status() == 422) {
            // "A pull request already exists": whatever it says, if there is one it is the one that was wanted
            Optional<PullRequest> open = open(branch, base);
            if (open.isPresent()) {
                return open.get();
            }
        }
        return GithubCalls.successful(call, reply).as(Shape.Pull.class).read();
    }

    private Optional<PullRequest> open(String branch, String base) throws IOException {
        return reader.withHead(branch).stream()
                .filter(pull -> pull.state() instanceof PullRequest.State.Open
                        && pull.base().equals(base))
                .findFirst();
    }

    void comment(int number, String text) throws IOException {
        calls.send(Call.post(Map.of("body", text), here.to("issues", Integer.toString(number), "comments")));
    }

    /** 422: it is merged, and so is not open either. */
    void close(int number) throws IOException {
        Call call = Call.patch(Map.of("state", "closed"), here.to("pulls", Integer.toString(number)));
        Reply reply = calls.answer(call);
        boolean isOver = reply.status() == 422
                && reader.read(number)
                        .filter(pull -> pull.state() instanceof PullRequest.State.Open)
                        .isEmpty();
        if (!isOver) {
            GithubCalls.successful(call, reply);
        }
    }

    PullRequests.Merge merge(int number, CommitId head, PullRequests.MergeMethod method, String title, String message)
            throws IOException {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("sha", head.value());
        body.put("merge_method", method.name().toLowerCase(Locale.ROOT));
        if (method == PullRequests.MergeMethod.MERGE) {
            body.put("commit_title", title);
            body.put("commit_message", message);
        }
        Call call = Call.put(body, here.to("pulls", Integer.toString(number), "merge"));
        Reply reply = calls.answer(call);
        return switch (reply.status()) {
            case 405 -> new PullRequests.Merge.NotMergeable(Refused.sentence(reply.json()));
            case 409 -> new PullRequests.Merge.HeadMoved();
            default ->
                new PullRequests.Merge.Merged(new CommitId(GithubCalls.successful(call, reply)
                        .as(Shape.Merged.class)
                        .sha()));
        };
    }

    /**
     * When GitHub does not say whether it did, and the branch is gone the next time, then it was this call most likely:
     * what follows from it is better done twice than never.
     */
    boolean deleteBranch(String branch) throws IOException {
        Call call = new Call("DELETE", List.of(here.toReferences("refs", branch)), Map.of(), Map.of(), false);
        try {
            return deleted(call);
        } catch (Unanswered e) {
            if (e.nothingDone()) {
                throw e;
            }
            return deleted(call)
                    || reader.branches(branch).stream()
                            .noneMatch(head -> head.branch().equals(branch));
        }
    }

    private boolean deleted(Call call) throws IOException {
        Reply reply = calls.answer(call);
        boolean wasGone = reply.status() == 404
                || (reply.status() == 422 && Refused.sentence(reply.json()).contains("does not exist"));
        if (!wasGone) {
            GithubCalls.successful(call, reply);
        }
        return !wasGone;
    }

    void post(CommitId commit, PostedStatus.State state, String context, String description) throws IOException {
        calls.send(Call.post(
                        Map.of(
                                "state",
                                state.name().toLowerCase(Locale.ROOT),
                                "context",
                                context,
                                "description",
                                Description.of(description)),
                        here.to("statuses", commit.value()))
                .asRepeatable());
    }
}
