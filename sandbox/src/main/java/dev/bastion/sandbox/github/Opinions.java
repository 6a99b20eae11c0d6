package dev.bastion.sandbox.github;

import dev.bastion.sandbox.github.Review.Opinion;
import java.util.HashMap;
import java.util.Map;

/** What each reviewer thinks in the end: the newest review that has an opinion counts, a comment has none. */
record Opinions(Map<String, Opinion> latest) {
    static Opinions of(PullRequest pull) {
        Map<String, Opinion> latest = new HashMap<>();
        for (Review review : pull.reviews()) {
            if (review.opinion() != Opinion.COMMENTED) {
                latest.put(review.author().login(), review.opinion());
            }
        }
        return new Opinions(latest);
    }

    long approvals() {
        return latest.values().stream().filter(Opinion.APPROVED::equals).count();
    }

    boolean wantChanges() {
        return latest.containsValue(Opinion.CHANGES_REQUESTED);
    }
}
