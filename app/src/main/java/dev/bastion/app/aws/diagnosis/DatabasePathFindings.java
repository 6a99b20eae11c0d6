package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import java.util.Optional;
import java.util.Set;

/** The finding about the bastion's way to the database: a rule out of its group, and a rule into the database's. */
record DatabasePathFindings(BastionInstance bastion, SecurityRules rules) {
    private static final String SUBJECT = "way to the database";
    private static final String INPUTS =
            "check rds_security_group_id and rds_port in the environment file, and run CI again";

    void judge(Findings found) {
        found.add(bastion.databasePort()
                .map(this::of)
                .orElseGet(() -> Finding.warning(
                        Area.AWS,
                        SUBJECT,
                        bastion.id() + " has no tag Database with a host and a port, so no command to connect is shown",
                        "run CI again; check rds_endpoint and rds_port in the environment file")));
    }

    private Finding of(int port) {
        Set<String> database = rules.groupsBehind(bastion.groups(), port);
        if (database.isEmpty()) {
            return rules.letOutByAddress(bastion.groups(), port)
                    ? Finding.ok(Area.AWS, SUBJECT, "open by address")
                    : unlessCut("the bastion's security group lets nothing out to the database's port " + port);
        }
        Optional<String> address = Optional.ofNullable(bastion.instance().privateIpAddress());
        return rules.letIn(database, port, bastion.groups(), address)
                ? Finding.ok(Area.AWS, SUBJECT, "open on port " + port)
                : unlessCut("the database's security group " + OneLine.of(String.join(", ", database))
                        + " does not let the bastion in on port " + port);
    }

    /** A rule that was not read may be the one. */
    private Finding unlessCut(String problem) {
        return rules.isCut()
                ? Finding.unknown(
                        Area.AWS,
                        SUBJECT,
                        "the security groups have more rules than are read, so it is not known whether the bastion"
                                + " reaches the database",
                        "remove rules that are not needed")
                : Finding.problem(Area.AWS, SUBJECT, problem + ", so the tunnel opens and the client fails", INPUTS);
    }
}
