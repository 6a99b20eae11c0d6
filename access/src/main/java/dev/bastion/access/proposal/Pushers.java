package dev.bastion.access.proposal;

import java.util.List;

/**
 * The accounts that pushed a pull request's commits, as GitHub has it: commits name anybody as author and committer. Their
 * approvals do not count. Where GitHub does not say who pushed the head, one approval more is needed, since at most one of the
 * approvers pushed it.
 *
 * @param logins empty when only the service pushed
 */
public record Pushers(boolean known, List<String> logins) {
    public static final Pushers UNKNOWN = new Pushers(false, List.of());
    /** The service alone, whose attestation is on the head. */
    public static final Pushers SERVICE = new Pushers(true, List.of());

    public Pushers {
        logins = List.copyOf(logins);
    }

    public static Pushers of(List<String> logins) {
        return new Pushers(true, logins);
    }
}
