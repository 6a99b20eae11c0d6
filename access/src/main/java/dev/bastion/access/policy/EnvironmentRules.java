package dev.bastion.access.policy;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The rules of one environment, every field decided (defaults are filled in when the policy file is read, never at use).
 *
 * @param mayRequest who may ask
 * @param defaultDuration how long when nothing is said
 * @param longestDuration the longest that may be asked for at once
 * @param longestTotal the longest from opening to the last end, extensions included
 * @param extensionStep how far an extension goes when nothing is said
 * @param warningBeforeEnd how long before the end people are warned; zero for not at all
 * @param reasonRequired whether a reason must be given
 * @param approvals how many others must agree; 0 opens at once
 * @param approvers who may agree, and who may end somebody else's grant
 * @param proposals what holds for requests that wait for approval
 */
public record EnvironmentRules(
        Audience mayRequest,
        GrantDuration defaultDuration,
        GrantDuration longestDuration,
        GrantDuration longestTotal,
        GrantDuration extensionStep,
        Duration warningBeforeEnd,
        boolean reasonRequired,
        int approvals,
        Audience approvers,
        ApprovalRules proposals) {

    /** What the request names, or the default, cut to what break-glass allows. */
    GrantDuration durationOf(AccessRequest request) {
        GrantDuration longest = request.breakGlass() ? proposals.breakGlass().longest() : longestDuration;
        return request.duration().orElseGet(() -> defaultDuration.compareTo(longest) < 0 ? defaultDuration : longest);
    }

    /** How long a proposal waits for approval. */
    Duration window() {
        return proposals.window().length();
    }

    /** The end after an extension by this much or, without a length, by one step, cut to what the longest total leaves. */
    Instant extendedEnd(Grant grant, Optional<GrantDuration> by) {
        Instant latest = grant.createdAt().plus(longestTotal.length());
        Instant newEnd = grant.expiresAt().plus(by.orElse(extensionStep).length());
        return by.isEmpty() ? Timestamps.earlier(newEnd, latest) : newEnd;
    }
}
