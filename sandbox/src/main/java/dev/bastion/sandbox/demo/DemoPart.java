package dev.bastion.sandbox.demo;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A part of the demo that can be played alone, in the order of the whole story. Its name on the command line is in lower case. */
enum DemoPart {
    /** A grant without approval: requested, used, extended, expired; the service is killed meanwhile. */
    GRANT,
    /** Two replicas that share a database, of which the leading one dies while that grant is open, so it is played, too. */
    REPLICAS,
    /** An instance without a grant: alarm and termination. A copy of the grant's instance, so the grant is played, too. */
    INSTANCE,
    /** A grant that another person approves, and that its holder ends early. */
    APPROVAL,
    /** A pull request that leads an open environment to another one's database. */
    ATTACK,
    /** A grant that expires while the service is down. */
    OUTAGE,
    /** Two AWS accounts in two regions, in a sandbox of their own, one of which stops answering. Needs Terragrunt. */
    ACCOUNTS;

    /** The parts to play: all when none is named. */
    static Set<DemoPart> chosen(boolean first, List<DemoPart> named) {
        if (!first && named.isEmpty()) {
            return EnumSet.allOf(DemoPart.class);
        }
        EnumSet<DemoPart> chosen = named.isEmpty() ? EnumSet.of(GRANT) : EnumSet.copyOf(named);
        if (first || chosen.contains(INSTANCE) || chosen.contains(REPLICAS)) {
            chosen.add(GRANT);
        }
        return chosen;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
