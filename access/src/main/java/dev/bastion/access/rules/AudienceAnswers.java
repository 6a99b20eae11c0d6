package dev.bastion.access.rules;

import dev.bastion.access.membership.ExternalAudience;
import dev.bastion.access.membership.Membership;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The answers about external audiences, as they hold now. An audience that is not among them has none. */
public record AudienceAnswers(Map<ExternalAudience, AudienceAnswer> all) {
    public static final AudienceAnswers NONE = new AudienceAnswers(Map.of());

    public AudienceAnswers {
        all = Map.copyOf(all);
    }

    /** Those that an entry recorded: no more than that these accounts belonged to these audiences. */
    public static AudienceAnswers recorded(Collection<Membership> memberships) {
        return new AudienceAnswers(memberships.stream()
                .collect(Collectors.groupingBy(
                        Membership::audience,
                        Collectors.collectingAndThen(Collectors.toList(), AudienceAnswers::answerOf))));
    }

    /** As if everyone whom {@code people.yaml} has belonged to each audience that these rules name. */
    public static AudienceAnswers everyone(RulesByEnvironment rules, PeopleDirectory people) {
        return new AudienceAnswers(rules.externalAudiences().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        audience -> new AudienceAnswer.Members(Instant.EPOCH, people.accountsIn(audience.scheme())))));
    }

    private static AudienceAnswer answerOf(Collection<Membership> ofOne) {
        Instant at = ofOne.stream()
                .map(Membership::at)
                .min(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return new AudienceAnswer.Members(
                at, ofOne.stream().map(Membership::account).collect(Collectors.toSet()));
    }

    AudienceAnswer of(ExternalAudience audience) {
        return all.getOrDefault(audience, new AudienceAnswer.Missing(Optional.empty()));
    }
}
