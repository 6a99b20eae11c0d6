package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.grant.EnvironmentName;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;

/** The search for the instances of one environment by their tags, also those that ended within the last hour. */
record InstanceSearch(Ec2Client ec2, Optional<String> ledgerName) {
    static final String ACTION = "ec2:DescribeInstances";
    /** An environment has one or a few; a person who may tag instances can make more. */
    private static final int MOST = 100;

    List<BastionInstance> instancesOf(EnvironmentName environment) {
        return ec2
                .describeInstancesPaginator(request -> request.filters(
                        filter("tag:ManagedBy", "bastion"), filter("tag:Environment", environment.resourceName())))
                .reservations()
                .stream()
                .flatMap(reservation -> reservation.instances().stream())
                .map(BastionInstance::of)
                .filter(bastion -> !isOfOtherLedger(bastion))
                .limit(MOST)
                .toList();
    }

    private boolean isOfOtherLedger(BastionInstance bastion) {
        return ledgerName.isPresent()
                && bastion.tag("Ledger")
                        .filter(other -> !ledgerName.equals(Optional.of(other)))
                        .isPresent();
    }

    private static Filter filter(String name, String value) {
        return Filter.builder().name(name).values(value).build();
    }
}
