package dev.bastion.app.aws.diagnosis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.DescribeSecurityGroupRulesResponse;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.SecurityGroupRule;

/**
 * The rules of some security groups.
 *
 * @param isCut whether there are more than were read, so that a rule that is not here may exist
 */
record SecurityRules(List<SecurityGroupRule> rules, boolean isCut) {
    static final String ACTION = "ec2:DescribeSecurityGroupRules";
    /** The most that AWS lists on one page. */
    private static final int PAGE = 1_000;

    private static final int MOST_PAGES = 5;
    /** The most values of one filter. */
    private static final int MOST_GROUPS = 200;

    static SecurityRules of(Ec2Client ec2, Collection<String> groups) {
        List<String> asked = new TreeSet<>(groups).stream().limit(MOST_GROUPS).toList();
        if (asked.isEmpty()) {
            return new SecurityRules(List.of(), false);
        }
        List<SecurityGroupRule> rules = new ArrayList<>();
        Optional<String> next = Optional.empty();
        for (int page = 0; page < MOST_PAGES; page++) {
            DescribeSecurityGroupRulesResponse answer = page(ec2, asked, next);
            rules.addAll(answer.securityGroupRules());
            next = Optional.ofNullable(answer.nextToken()).filter(token -> !token.isEmpty());
            if (next.isEmpty()) {
                break;
            }
        }
        return new SecurityRules(rules, next.isPresent() || asked.size() < groups.size());
    }

    private static DescribeSecurityGroupRulesResponse page(Ec2Client ec2, List<String> groups, Optional<String> next) {
        return ec2.describeSecurityGroupRules(request -> request.maxResults(PAGE)
                .nextToken(next.orElse(null))
                .filters(Filter.builder().name("group-id").values(groups).build()));
    }

    SecurityRules and(SecurityRules others) {
        return new SecurityRules(
                Stream.concat(rules.stream(), others.rules.stream()).toList(), isCut || others.isCut);
    }

    /** The groups that these groups' outgoing rules name for the port. */
    Set<String> groupsBehind(Set<String> from, int port) {
        Set<String> behind = new TreeSet<>();
        of(from, true, port)
                .filter(rule -> rule.referencedGroupInfo() != null)
                .forEach(rule -> behind.add(rule.referencedGroupInfo().groupId()));
        return behind;
    }

    /** Whether one of the groups lets out to the port of an address outside the VPC. */
    boolean letOutAnywhere(Set<String> from, int port) {
        return of(from, true, port).anyMatch(rule -> "0.0.0.0/0".equals(rule.cidrIpv4()));
    }

    /** Whether one of the groups lets out to the port by address, so that it is not said to which group. */
    boolean letOutByAddress(Set<String> from, int port) {
        return of(from, true, port).anyMatch(SecurityRules::isByAddress);
    }

    /** Whether one of the groups lets out to the port of members of the others. */
    boolean letOut(Set<String> from, int port, Collection<String> to) {
        return of(from, true, port).anyMatch(rule -> isByAddress(rule) || names(rule, to));
    }

    /** Whether one of the groups lets in members of the others, one of which has the address. */
    boolean letIn(Collection<String> at, int port, Set<String> from, Optional<String> address) {
        return of(at, false, port)
                .anyMatch(rule -> names(rule, from)
                        || rule.prefixListId() != null
                        || (rule.cidrIpv4() != null
                                && address.map(own -> AddressRange.contains(rule.cidrIpv4(), own))
                                        .orElse(true)));
    }

    private Stream<SecurityGroupRule> of(Collection<String> groups, boolean isEgress, int port) {
        return rules.stream()
                .filter(rule -> Boolean.valueOf(isEgress).equals(rule.isEgress()))
                .filter(rule -> groups.contains(rule.groupId()))
                .filter(rule -> covers(rule, port));
    }

    private static boolean covers(SecurityGroupRule rule, int port) {
        if ("-1".equals(rule.ipProtocol())) {
            return true;
        }
        boolean isTcp = "tcp".equals(rule.ipProtocol()) || "6".equals(rule.ipProtocol());
        return isTcp
                && rule.fromPort() != null
                && rule.toPort() != null
                && rule.fromPort() <= port
                && port <= rule.toPort();
    }

    private static boolean isByAddress(SecurityGroupRule rule) {
        return rule.cidrIpv4() != null || rule.prefixListId() != null;
    }

    private static boolean names(SecurityGroupRule rule, Collection<String> groups) {
        return rule.referencedGroupInfo() != null
                && groups.contains(rule.referencedGroupInfo().groupId());
    }
}
