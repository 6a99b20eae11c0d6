package dev.bastion.app.aws;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.CheckFailed;
import dev.bastion.access.diagnosis.Finding;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.access.fault.Fault;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.SessionState;
import software.amazon.awssdk.services.sts.model.StsException;

/**
 * The check of AWS: credentials, account, region, and every permission of the service's role, each by a call that changes
 * nothing.
 */
public final class AwsCheck implements InstallationCheck {
    private static final String ROLE = "terraform-modules/bastion-orchestrator has the service's role";
    /** A well-formed id that no instance has. */
    private static final String NO_INSTANCE = "i-00000000000000000";

    private static final int UNAUTHORIZED = 401;

    private final String region;
    private final Optional<URI> endpoint;
    private final Supplier<Set<String>> open;
    private final Optional<String> expected;
    private final AwsCredentialsProvider credentials;

    /**
     * Uses the AWS SDK's default credentials.
     *
     * @param open the environments that are open in the ledger; none where that is unknown
     */
    public AwsCheck(String region, Optional<URI> endpoint, Supplier<Set<String>> open) {
        this(
                region,
                endpoint,
                open,
                Optional.empty(),
                DefaultCredentialsProvider.builder().build());
    }

    /**
     * The same with other credentials.
     *
     * @param expected the id of the account that they must be of
     */
    public AwsCheck(
            String region,
            Optional<URI> endpoint,
            Supplier<Set<String>> open,
            Optional<String> expected,
            AwsCredentialsProvider credentials) {
        this.region = region;
        this.endpoint = endpoint;
        this.open = open;
        this.expected = expected;
        this.credentials = credentials;
    }

    @Override
    public Area area() {
        return Area.AWS;
    }

    @Override
    public String system() {
        return "AWS";
    }

    @Override
    public void examine(Findings found) {
        boolean isKnown = endpoint.isPresent() || Region.regions().contains(Region.of(region));
        if (!isKnown) {
            found.add(problem("region", "AWS has no region " + region, "set aws.region to the bastions' region"));
            return;
        }
        Optional<CheckFailed> unreached = Optional.empty();
        String account = "";
        try {
            Optional<CallerIdentity> identity = identity(found);
            if (identity.isEmpty()) {
                return;
            }
            account = identity.get().account();
            if (expected.isPresent() && !expected.get().equals(account)) {
                found.add(problem(
                        "account",
                        "the credentials are of the account " + account + ", and ledger.yaml says " + expected.get()
                                + ", so nothing is looked at",
                        "correct id or watch_role of the account in ledger.yaml"));
                return;
            }
            found.add(Finding.ok(
                    Area.AWS, "account", account + ", as " + identity.get().arn()));
        } catch (CheckFailed e) {
            unreached = Optional.of(e);
        }
        try (Ec2Client ec2 = AwsPlatform.configure(Ec2Client.builder(), region, endpoint, credentials);
                SsmClient ssm = AwsPlatform.configure(SsmClient.builder(), region, endpoint, credentials)) {
            examine(account, ec2, ssm, found);
        }
        unreached.map(AwsCheck::withoutAccount).ifPresent(found::add);
    }

    /** EC2 answers and STS does not: a VPC without an endpoint for STS is no outage. */
    private static Finding withoutAccount(CheckFailed reason) {
        return Finding.unknown(
                Area.AWS,
                "account",
                "it cannot be seen from here: " + reason.getMessage(),
                "compare the role of the service with the bastions' account; where it runs without an endpoint for STS"
                        + " this is normal");
    }

    /** Empty when the credentials are a problem. */
    private Optional<CallerIdentity> identity(Findings found) {
        try {
            return Optional.of(CallerIdentity.ask(credentials.resolveCredentials(), region, endpoint));
        } catch (CallerIdentity.Refused e) {
            found.add(problem(
                    "credentials",
                    "AWS refuses them: " + e.getMessage(),
                    "give the service a task role, or valid AWS_ variables; if they are valid elsewhere, enable the"
                            + " region " + region + " in the account"));
        } catch (StsException e) {
            if (!(new AwsFaults(region).onRead("taking the role", "sts:AssumeRole", e)
                    instanceof Fault.Refused refused)) {
                throw e;
            }
            found.add(problem("role", "the service cannot take it: " + refused.answered(), refused.remedy()));
        } catch (SdkClientException e) {
            if (AwsFaults.isUnanswered(e)) {
                throw new IllegalStateException("sts:AssumeRole was not answered: " + e.getMessage(), e);
            }
            found.add(problem(
                    "credentials",
                    "there are none: " + firstSentence(e),
                    "run it with the service's task role, a profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"));
        }
        return Optional.empty();
    }

    private static String firstSentence(SdkClientException failure) {
        // the SDK lists every provider of its chain behind this
        String message = String.valueOf(failure.getMessage()).replaceFirst(" in the chain [\\s\\S]*", "");
        return message.length() <= 150 ? message : message.substring(0, 150) + "…";
    }

    private void examine(String account, Ec2Client ec2, SsmClient ssm, Findings found) {
        Optional<List<Instance>> bastions = instances(ec2, found);
        if (bastions.isEmpty()) {
            return;
        }
        permitted("ec2:DescribeSecurityGroups", found, () -> ec2.describeSecurityGroups(r -> r.maxResults(5)));
        permitted(
                "ssm:DescribeInstanceInformation", found, () -> ssm.describeInstanceInformation(r -> r.maxResults(5)));
        sessions(ssm, found);
        found.add(termination(ec2, bastions.get()));
        missing(bastions.get())
                .ifPresent(names -> found.add(Finding.warning(
                        Area.AWS,
                        "region",
                        "the ledger says that " + names + " is open, and there is no bastion of it in " + region
                                + (account.isEmpty() ? "" : " of account " + account),
                        "check aws.region and the account; while CI still applies the grant, this is normal")));
    }

    /** The bastions; empty when they cannot be seen, which is a problem of its own. */
    private static Optional<List<Instance>> instances(Ec2Client ec2, Findings found) {
        List<Instance> instances = new ArrayList<>();
        boolean seen = permitted(
                "ec2:DescribeInstances",
                found,
                () -> AwsPlatform.described(ec2, AwsPlatform.TAGGED).stream()
                        .map(AwsPlatform.Described::instance)
                        .forEach(instances::add));
        return seen ? Optional.of(instances) : Optional.empty();
    }

    private static boolean permitted(String action, Findings found, Runnable call) {
        Optional<AwsServiceException> refusal = refusal(action, found, call);
        refusal.ifPresent(answer -> found.add(refused(action, answer)));
        return refusal.isEmpty();
    }

    /** A role of an older version lacks it: access works, and only the ledger's record of it is shorter. */
    private static void sessions(SsmClient ssm, Findings found) {
        refusal(
                        AwsSessions.ACTION,
                        found,
                        () -> ssm.describeSessions(
                                request -> request.state(SessionState.ACTIVE).maxResults(1)))
                .ifPresent(answer -> found.add(Finding.warning(
                        Area.AWS,
                        AwsSessions.ACTION,
                        "AWS answered " + code(answer) + ", so the ledger does not record who connected",
                        "allow it to the role; " + ROLE)));
    }

    /** Adds that the call is allowed, or returns how AWS refuses it. */
    private static Optional<AwsServiceException> refusal(String action, Findings found, Runnable call) {
        try {
            call.run();
            found.add(Finding.ok(Area.AWS, action, "allowed"));
            return Optional.empty();
        } catch (AwsServiceException e) {
            if (e.statusCode() >= AwsFaults.SERVER_FAULT || e.isThrottlingException()) {
                throw e;
            }
            return Optional.of(e);
        }
    }

    private static Finding refused(String action, AwsServiceException refusal) {
        String code = code(refusal);
        // the HTTP client drops the body of a 401, and with it the code AuthFailure
        boolean isOfRegion = refusal.statusCode() == UNAUTHORIZED || code.equals("OptInRequired");
        return isOfRegion
                ? problem(
                        "region",
                        "AWS accepts the credentials, but not in this region: " + code,
                        "check aws.region; if it is right, enable the region in the account (Account → AWS Regions)")
                : problem(action, "AWS answered " + code, "allow it to the role; " + ROLE);
    }

    private static Finding termination(Ec2Client ec2, List<Instance> bastions) {
        String action = "ec2:TerminateInstances";
        boolean isThere = !bastions.isEmpty();
        String instance = isThere ? bastions.getFirst().instanceId() : NO_INSTANCE;
        try {
            ec2.terminateInstances(request -> request.dryRun(true).instanceIds(instance));
            return Finding.ok(Area.AWS, action, "allowed");
        } catch (AwsServiceException e) {
            return switch (code(e)) {
                case "DryRunOperation" -> Finding.ok(Area.AWS, action, "allowed for " + instance + ", by a dry run");
                case "InvalidInstanceID.NotFound", "InvalidInstanceID.Malformed" ->
                    Finding.ok(Area.AWS, action, "not refused; no bastion is there to try it on");
                case "UnauthorizedOperation" ->
                    isThere
                            ? problem(
                                    action,
                                    "AWS would refuse it for " + instance,
                                    "allow it to the role on instances with the tag ManagedBy=bastion; " + ROLE)
                            : Finding.warning(
                                    Area.AWS,
                                    action,
                                    "no bastion is there to try it on; AWS refuses it for an instance without the tag",
                                    "run bastion doctor again while a bastion is there");
                default -> throw e;
            };
        }
    }

    private static String code(AwsServiceException refusal) {
        return refusal.awsErrorDetails() == null || refusal.awsErrorDetails().errorCode() == null
                ? "status " + refusal.statusCode()
                : refusal.awsErrorDetails().errorCode();
    }

    /** The environments that are open in the ledger and have no instance. */
    private Optional<String> missing(Collection<Instance> bastions) {
        Set<String> missing = new TreeSet<>(open.get());
        bastions.stream()
                .flatMap(instance -> instance.tags().stream())
                .filter(tag -> tag.key().equals("Environment"))
                .forEach(tag -> missing.remove(tag.value()));
        return missing.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", missing));
    }

    private static Finding problem(String subject, String meaning, String remedy) {
        return Finding.problem(Area.AWS, subject, meaning, remedy);
    }
}
