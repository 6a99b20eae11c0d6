package dev.bastion.access.rules;

import dev.bastion.access.grant.AccessRequest;
import dev.bastion.access.grant.Grant;
import dev.bastion.access.grant.GrantDuration;
import dev.bastion.access.grant.Timestamps;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The numbers of one environment's rules.
 *
 * @param longestDuration of a request
 * @param longestTotal of a grant, extensions included
 * @param extensionStep when none is named
 * @param warningBeforeEnd zero for none
 * @param approvals 0 opens at once
 * @param approvers who may approve, and end any grant
 */
public record EnvironmentRules(
        Audience mayRequest,
        GrantDuration defaultDuration,
        GrantDuration longestDuration,
        GrantDuration longestTotal,
        GrantDuration extensionStep,
        Duration warningBeforeEnd,
        ReasonRules reasons,
        int approvals,
        Audience approvers,
        ApprovalRules proposals) {

    public GrantDuration durationOf(AccessRequest request) {
        GrantDuration longest = request.breakGlass() ? proposals.breakGlass().longest() : longestDuration;
        return request.duration().orElseGet(() -> Collections.min(List.of(defaultDuration, longest)));
    }

    public Duration window() {
        return proposals.window().length();
    }

    /** The same by other answers of external audiences. */
    EnvironmentRules answered(AudienceAnswers answers, PeopleDirectory people) {
        return new EnvironmentRules(
                mayRequest.answered(answers, people),
                defaultDuration,
                longestDuration,
                longestTotal,
                extensionStep,
                warningBeforeEnd,
                reasons,
                approvals,
                approvers.answered(answers, people),
                proposals.answered(answers, people));
    }

    /** The audiences that it names. */
    public Stream<Audience> audiences() {
        return Stream.concat(Stream.of(mayRequest, approvers), proposals.audiences());
    }

    /** @param by empty for one step, as far as the longest total */
    public Instant extendedEnd(Grant grant, Optional<GrantDuration> by) {
        Instant latest = grant.createdAt().plus(longestTotal.length());
        Instant newEnd = grant.expiresAt().plus(by.orElse(extensionStep).length());
        return by.isEmpty() ? Timestamps.earlier(newEnd, latest) : newEnd;
    }
}
