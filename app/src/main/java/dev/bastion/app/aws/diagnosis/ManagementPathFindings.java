package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.ec2.model.Route;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * The findings about the bastion's way to Systems Manager: an endpoint of each service, or a route out of the VPC.
 *
 * @param isOnline whether the agent is online, so that it reaches {@code ssm} in one way or another
 */
record ManagementPathFindings(BastionInstance bastion, VpcPaths paths, SecurityRules rules, boolean isOnline) {
    /**
     * The services that an agent of today calls; {@code ec2messages} only older ones than 3.3.40.
     *
     * @see <a href="https://docs.aws.amazon.com/systems-manager/latest/userguide/setup-create-vpc.html">VPC endpoints</a>
     */
    static final List<String> SERVICES = List.of("ssm", "ssmmessages");

    private static final int HTTPS = 443;
    private static final String ADD = "add it with terraform-modules/prerequisites; the agent tries again by itself";

    void judge(Findings found) {
        List<Finding> wrong = new ArrayList<>();
        for (String service : SERVICES) {
            if (!isOnline || !service.equals("ssm")) {
                judge(service).ifPresent(wrong::add);
            }
        }
        if (wrong.isEmpty()) {
            found.add(Finding.ok(Area.AWS, "way to Systems Manager", "endpoints or a route are there"));
        }
        found.addAll(wrong);
    }

    private Optional<Finding> judge(String service) {
        Optional<VpcEndpoint> endpoint = paths.endpoint(service);
        boolean isUsed = endpoint.filter(one -> Boolean.TRUE.equals(one.privateDnsEnabled()))
                .isPresent();
        if (isUsed) {
            return ofEndpoint(service, endpoint.get());
        }
        Optional<Finding> outside = ofRoute(service);
        return outside.isPresent() && endpoint.isPresent()
                ? Optional.of(problem(
                        service,
                        "the endpoint for " + service + " in " + paths.vpc()
                                + " has private DNS off, so the agent does not find it",
                        "switch private DNS on: aws ec2 modify-vpc-endpoint --private-dns-enabled"))
                : outside;
    }

    private Optional<Finding> ofEndpoint(String service, VpcEndpoint endpoint) {
        Set<String> groups = VpcPaths.groupsOf(endpoint);
        if (!VpcPaths.isAvailable(endpoint)) {
            return Optional.of(problem(
                    service,
                    "the endpoint for " + service + " in " + paths.vpc() + " is "
                            + OneLine.of(String.valueOf(endpoint.stateAsString())) + ", not available",
                    "look at the endpoint in AWS, or make it again with terraform-modules/prerequisites"));
        }
        if (!rules.letOut(bastion.groups(), HTTPS, groups)) {
            return Optional.of(unlessCut(problem(
                    service,
                    "the bastion's security group lets nothing out to port 443 of the endpoint for " + service,
                    "name the endpoint's groups in vpc_endpoint_security_group_ids and run CI again")));
        }
        String address = bastion.instance().privateIpAddress();
        if (!rules.letIn(groups, HTTPS, bastion.groups(), Optional.ofNullable(address))) {
            return Optional.of(unlessCut(problem(
                    service,
                    "the security groups of the endpoint for " + service + " do not let the bastion in on port 443",
                    "name the endpoint's groups in vpc_endpoint_security_group_ids and run CI again")));
        }
        return Optional.empty();
    }

    private Optional<Finding> ofRoute(String service) {
        Optional<Route> route = paths.defaultRoute();
        if (route.isEmpty() && paths.leadToOtherNetworks()) {
            return Optional.of(Finding.unknown(
                    Area.AWS,
                    subject(service),
                    paths.vpc() + " has no endpoint for " + service
                            + "; one may be in a network that its routes lead to",
                    "if people cannot connect, check that the name of " + service + " resolves to that endpoint"));
        }
        if (route.isEmpty()) {
            return Optional.of(problem(
                    service,
                    paths.vpc() + " has no endpoint for " + service
                            + " and no route out, so the bastion's agent cannot reach Systems Manager",
                    ADD));
        }
        if (VpcPaths.isBlackhole(route.get())) {
            return Optional.of(problem(
                    service,
                    "the subnet's default route leads to a gateway that is gone, and " + paths.vpc()
                            + " has no endpoint for " + service,
                    "correct the route, or add the endpoint with terraform-modules/prerequisites"));
        }
        return rules.letOutAnywhere(bastion.groups(), HTTPS)
                ? Optional.empty()
                : Optional.of(unlessCut(problem(
                        service,
                        "the bastion's security group lets nothing out to port 443 of the internet, and " + paths.vpc()
                                + " has no endpoint for " + service,
                        "set allow_internet_https_egress = true where there is a NAT gateway, or add the endpoint with"
                                + " terraform-modules/prerequisites")));
    }

    /** A rule that was not read may be the one. */
    private Finding unlessCut(Finding problem) {
        return rules.isCut()
                ? Finding.unknown(
                        Area.AWS,
                        problem.subject(),
                        "the security groups have more rules than are read, so it is not known whether the bastion"
                                + " reaches Systems Manager",
                        "remove rules that are not needed")
                : problem;
    }

    private static String subject(String service) {
        return "endpoint " + service;
    }

    private static Finding problem(String service, String meaning, String remedy) {
        return Finding.problem(Area.AWS, subject(service), meaning, remedy);
    }
}
