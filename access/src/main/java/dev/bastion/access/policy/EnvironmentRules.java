package dev.bastion.access.policy;

import dev.bastion.access.grant.GrantDuration;
import java.time.Duration;

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
        ApprovalRules proposals) {}
