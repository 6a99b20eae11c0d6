package dev.bastion.access.audit;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import dev.bastion.access.grant.Timestamps;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sum of bastions' hours for each environment and person, of grants that are added one by one. */
public final class AccessCosts {
    /** USD for an hour of a bastion, as docs/cost.md adds it up. */
    public static final BigDecimal USUAL_PRICE = new BigDecimal("0.008");

    private static final BigDecimal SECONDS_PER_HOUR = new BigDecimal(3600);
    private static final int DECIMALS = 4;

    private record Key(EnvironmentName environment, String person) {}

    private record Sum(Person person, int grants, int estimated, Duration time, CommitId proof) {
        Sum plus(Sum other) {
            return new Sum(
                    other.person,
                    grants + other.grants,
                    estimated + other.estimated,
                    time.plus(other.time),
                    other.proof);
        }
    }

    private final BigDecimal hourlyPrice;
    private final Period period;
    private final Instant now;
    private final Map<Key, Sum> sums = new HashMap<>();

    /**
     * @param period only the hours within it count
     * @param now the time up to which an open bastion has run
     */
    public AccessCosts(BigDecimal hourlyPrice, Period period, Instant now) {
        this.hourlyPrice = hourlyPrice;
        this.period = period;
        this.now = now;
    }

    public void add(GrantRecord grant) {
        boolean isEstimated = grant.ready().isEmpty()
                || (grant.gone().isEmpty() && grant.ending().isPresent());
        Instant from = grant.ready().map(ready -> ready.fact().at()).orElse(grant.openedAt());
        Instant until = grant.access().until().orElse(now);
        CommitId proof = grant.gone()
                .map(Proved::commit)
                .or(() -> grant.ending().map(Proved::commit))
                .orElse(grant.openedBy());
        sums.merge(
                new Key(grant.environment(), grant.holder().id()),
                new Sum(grant.holder(), 1, isEstimated ? 1 : 0, within(from, until), proof),
                Sum::plus);
    }

    private Duration within(Instant from, Instant until) {
        Instant start =
                period.from().map(first -> Timestamps.later(from, first)).orElse(from);
        Optional<Instant> last = period.to();
        Instant end = last.map(limit -> Timestamps.earlier(until, limit)).orElse(until);
        return start.isBefore(end) ? Duration.between(start, end) : Duration.ZERO;
    }

    /** The costs, by environment, the highest first. */
    public List<AccessCost> costs() {
        return sums.entrySet().stream()
                .map(entry -> cost(entry.getKey().environment(), entry.getValue()))
                .sorted(Comparator.comparing(AccessCost::environment)
                        .thenComparing(AccessCost::price, Comparator.reverseOrder())
                        .thenComparing(cost -> cost.person().id()))
                .toList();
    }

    private AccessCost cost(EnvironmentName environment, Sum sum) {
        BigDecimal price = hourlyPrice
                .multiply(BigDecimal.valueOf(sum.time().toSeconds()))
                .divide(SECONDS_PER_HOUR, DECIMALS, RoundingMode.HALF_UP);
        return new AccessCost(environment, sum.person(), sum.grants(), sum.estimated(), sum.time(), price, sum.proof());
    }
}
