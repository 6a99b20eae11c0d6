package dev.bastion.sandbox.github.pulls;

import dev.bastion.sandbox.github.pulls.Review.Opinion;
import java.util.HashMap;
import java.util.Map;

/** Each reviewer's latest approval or request for changes; reviews that only comment do not count. */
public record ReviewTally(Map<String, Opinion> latest) {
    public static ReviewTally of(PullRequest pull) {
        Map<String, Opinion> latest = new HashMap<>();
        for (Review review : pull.reviews()) {
            if (review.opinion() != Opinion.COMMENTED) {
                latest.put(review.author().login(), review.opinion());
            }
        }
        return new ReviewTally(latest);
    }

    public long approvals() {
        return latest.values().stream().filter(Opinion.APPROVED::equals).count();
    }

    public boolean hasRequestedChanges() {
        return latest.containsValue(Opinion.CHANGES_REQUESTED);
    }
}
