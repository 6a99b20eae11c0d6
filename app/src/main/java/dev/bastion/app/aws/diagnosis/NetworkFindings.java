package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.diagnosis.Findings;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The findings about the two ways that the bastion needs: to Systems Manager and to the database. Each is judged by the rules of the
 * security groups at both of its ends.
 */
record NetworkFindings(ReadClients clients, ReadCalls calls) {
    void judge(BastionInstance bastion, Instant now, Findings found) {
        Findings ofAgent = new Findings();
        boolean isOnline = new AgentFindings(clients.ssm(), calls).judge(bastion, now, ofAgent);
        Optional<VpcPaths> paths = VpcPaths.of(clients.ec2(), calls, bastion, found);
        Optional<SecurityRules> rules = calls.ask(
                SecurityRules.ACTION,
                "the security groups' rules",
                found,
                () -> rules(bastion, paths.map(VpcPaths::endpointGroups).orElse(Set.of())));
        if (paths.isPresent() && rules.isPresent()) {
            new ManagementPathFindings(bastion, paths.get(), rules.get(), isOnline).judge(found);
        }
        found.addAll(ofAgent.all());
        rules.ifPresent(known -> new DatabasePathFindings(bastion, known).judge(found));
    }

    /** Those of the bastion's groups tell which group the database has. */
    private SecurityRules rules(BastionInstance bastion, Set<String> endpointGroups) {
        Set<String> first = new HashSet<>(endpointGroups);
        first.addAll(bastion.groups());
        SecurityRules known = SecurityRules.of(clients.ec2(), first);
        Set<String> more = new HashSet<>(bastion.databasePort().stream()
                .flatMap(port -> known.groupsBehind(bastion.groups(), port).stream())
                .toList());
        more.removeAll(first);
        return more.isEmpty() ? known : known.and(SecurityRules.of(clients.ec2(), more));
    }
}
