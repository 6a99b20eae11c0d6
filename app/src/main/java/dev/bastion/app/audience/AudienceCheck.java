package dev.bastion.app.audience;

import dev.bastion.access.audience.AudienceListing;
import dev.bastion.access.audience.AudienceReads;
import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.access.fault.CallFailed;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.policy.AccessPolicy;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The check of the external audiences that the policy names: each is asked once. */
public final class AudienceCheck implements InstallationCheck {
    private final Supplier<Optional<AccessPolicy>> policy;
    private final Supplier<AudienceSystems> systems;
    private final boolean isSigned;

    /**
     * @param policy empty where it cannot be read, which another check says
     * @param systems made when the policy names an audience, and closed again
     * @param isSigned whether entries are signed
     */
    public AudienceCheck(Supplier<Optional<AccessPolicy>> policy, Supplier<AudienceSystems> systems, boolean isSigned) {
        this.policy = policy;
        this.systems = systems;
        this.isSigned = isSigned;
    }

    @Override
    public Area area() {
        return Area.LEDGER;
    }

    @Override
    public String system() {
        return "external audiences";
    }

    @Override
    public void examine(Findings found) {
        Set<ExternalAudience> audiences = policy.get()
                .map(known -> known.environments().externalAudiences())
                .orElse(Set.of());
        if (audiences.isEmpty()) {
            return;
        }
        if (!isSigned) {
            Fault.Refused fault = AudienceReads.unsigned();
            found.add(Finding.problem(
                    Area.LEDGER,
                    "external audiences",
                    "the policy names " + audiences.iterator().next() + ", and " + fault.answered(),
                    fault.remedy()));
            return;
        }
        try (AudienceSystems asked = systems.get()) {
            audiences.forEach(audience -> found.add(finding(audience, asked)));
        }
    }

    private static Finding finding(ExternalAudience audience, AudienceSystems systems) {
        Area area = areaOf(audience);
        String subject = "audience " + audience;
        try {
            AudienceListing listing = systems.list(audience);
            return listing.members().isEmpty()
                    ? Finding.warning(
                            area,
                            subject,
                            audience.scheme().system() + " answers that nobody is in it",
                            "check its members; a PagerDuty schedule answers only while an escalation policy uses it")
                    : Finding.ok(area, subject, members(listing.members().size()));
        } catch (CallFailed e) {
            return e.fault() instanceof Fault.Refused(var _, var _, var answered, var remedy)
                    ? Finding.problem(area, subject, "nobody counts as a member: " + answered, remedy)
                    : Finding.unknown(
                            area,
                            subject,
                            "nobody counts as a member while "
                                    + audience.scheme().system() + " does not answer: "
                                    + e.fault().answered(),
                            "see that the service reaches " + audience.scheme().system());
        }
    }

    private static String members(int count) {
        return count == 1 ? "it has 1 member" : "it has " + count + " members";
    }

    /** A problem of GitHub is an alarm in the channel; a missing token is a problem of the settings. */
    private static Area areaOf(ExternalAudience audience) {
        return switch (audience.scheme()) {
            case GITHUB_TEAM -> Area.GITHUB;
            case SLACK_GROUP -> Area.SLACK;
            case ON_CALL -> Area.SETTINGS;
        };
    }
}
