package dev.bastion.github.pulls;

import dev.bastion.access.grant.CommitId;
import dev.bastion.github.CommitStatus;
import dev.bastion.github.PullRequest;
import dev.bastion.github.PullRequests;
import dev.bastion.github.client.ApiCall;
import dev.bastion.github.client.ApiModel;
import dev.bastion.github.client.ApiResponse;
import dev.bastion.github.client.GithubClient;
import dev.bastion.github.client.GithubRejected;
import dev.bastion.github.client.GithubUnavailable;
import dev.bastion.github.client.RepositoryPath;
import dev.bastion.github.client.StatusDescription;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What {@link PullRequests} changes. */
final class PullRequestWriter {
    private final GithubClient calls;
    private final RepositoryPath here;
    private final PullRequestReader reader;

    PullRequestWriter(GithubClient calls, RepositoryPath here, PullRequestReader reader) {
        this.calls = calls;
        this.here = here;
        this.reader = reader;
    }

    PullRequest create(String branch, String base, String title, String body) throws IOException {
        ApiCall call = ApiCall.post(
                Map.of("title", title, "body", body, "head", branch, "base", base, "maintainer_can_modify", false),
                here.to("pulls"));
        ApiResponse reply = calls.answer(call);
        if (reply.status() == 422) {
            // "A pull request already exists": whatever it says, if there is one it is the one that was wanted
            Optional<PullRequest> open = open(branch, base);
            if (open.isPresent()) {
                return open.get();
            }
        }
        return GithubClient.successful(call, reply).as(ApiModel.Pull.class).read();
    }

    private Optional<PullRequest> open(String branch, String base) throws IOException {
        return reader.withHead(branch).stream()
                .filter(pull -> pull.state() instanceof PullRequest.State.Open
                        && pull.base().equals(base))
                .findFirst();
    }

    void comment(int number, String text) throws IOException {
        calls.send(ApiCall.post(Map.of("body", text), here.to("issues", Integer.toString(number), "comments")));
    }

    /** 422: it is merged, and so is not open either. */
    void close(int number) throws IOException {
        ApiCall call = ApiCall.patch(Map.of("state", "closed"), here.to("pulls", Integer.toString(number)));
        ApiResponse reply = calls.answer(call);
        boolean isOver = reply.status() == 422
                && reader.read(number)
                        .filter(pull -> pull.state() instanceof PullRequest.State.Open)
                        .isEmpty();
        if (!isOver) {
            GithubClient.successful(call, reply);
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
        ApiCall call = ApiCall.put(body, here.to("pulls", Integer.toString(number), "merge"));
        ApiResponse reply = calls.answer(call);
        return switch (reply.status()) {
            case 405 -> new PullRequests.Merge.NotMergeable(GithubRejected.sentence(reply.json()));
            case 409 -> new PullRequests.Merge.HeadMoved();
            default ->
                new PullRequests.Merge.Merged(new CommitId(GithubClient.successful(call, reply)
                        .as(ApiModel.Merged.class)
                        .sha()));
        };
    }

    /**
     * When GitHub does not say whether it did, and the branch is gone the next time, then it was this call most likely:
     * what follows from it is better done twice than never.
     */
    boolean deleteBranch(String branch) throws IOException {
        ApiCall call = new ApiCall("DELETE", List.of(here.toReferences("refs", branch)), Map.of(), Map.of(), false);
        try {
            return deleted(call);
        } catch (GithubUnavailable e) {
            if (e.nothingDone()) {
                throw e;
            }
            return deleted(call)
                    || reader.branches(branch).stream()
                            .noneMatch(head -> head.branch().equals(branch));
        }
    }

    private boolean deleted(ApiCall call) throws IOException {
        ApiResponse reply = calls.answer(call);
        boolean wasGone = reply.status() == 404
                || (reply.status() == 422
                        && GithubRejected.sentence(reply.json()).contains("does not exist"));
        if (!wasGone) {
            GithubClient.successful(call, reply);
        }
        return !wasGone;
    }

    void post(CommitId commit, CommitStatus.State state, String context, String description) throws IOException {
        calls.send(ApiCall.post(
                        Map.of(
                                "state",
                                state.name().toLowerCase(Locale.ROOT),
                                "context",
                                context,
                                "description",
                                StatusDescription.of(description)),
                        here.to("statuses", commit.value()))
                .asRepeatable());
    }
}
