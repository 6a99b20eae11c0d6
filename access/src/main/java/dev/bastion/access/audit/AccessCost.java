package dev.bastion.access.audit;

import dev.bastion.access.grant.CommitId;
import dev.bastion.access.grant.EnvironmentName;
import dev.bastion.access.grant.Person;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What one person's bastions in one environment cost.
 *
 * @param time how long they ran
 * @param estimated the grants of which no entry says when the instance was online or gone: the grant's times stand in
 * @param price the time at the hourly price
 * @param proof the commit that ends the last of them, or opened it while it is open
 */
public record AccessCost(
        EnvironmentName environment,
        Person person,
        int grants,
        int estimated,
        Duration time,
        BigDecimal price,
        CommitId proof) {}
