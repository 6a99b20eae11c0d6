package dev.bastion.app.aws.diagnosis;

import dev.bastion.access.diagnosis.Area;
import dev.bastion.access.diagnosis.Diagnosis;
import dev.bastion.access.diagnosis.Findings;
import dev.bastion.access.diagnosis.InstallationCheck;
import dev.bastion.access.port.BastionDiagnostics;
import dev.bastion.app.aws.PersonalSessions;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The diagnosis of one environment's bastion in AWS. A cause is found before its symptom: the instance, the way to Systems
 * Manager, the agent, the way to the database, the end. Needs {@link DoctorPermissions#ACTIONS}; what is not allowed is a finding
 * UNKNOWN.
 */
public final class BastionDiagnosis implements BastionDiagnostics, AutoCloseable {
    /** All checks of an instance that was found; the search before them takes four seconds at most. */
    private static final Duration CHECKS_TAKE = Duration.ofSeconds(6);

    /** The other call that runs meanwhile is the service's own. */
    private static final int CALLS_AT_ONCE = 2;

    private final ReadClients clients;
    private final ReadCalls calls;
    private final Optional<String> ledgerName;

    /**
     * Uses the AWS SDK's default credentials.
     *
     * @param endpoint replaces the AWS endpoints
     * @param ledgerName the name of the ledger in the tags of instances; instances of others are left out
     */
    public BastionDiagnosis(String region, Optional<URI> endpoint, Optional<String> ledgerName) {
        this(region, endpoint, ledgerName, DefaultCredentialsProvider.builder().build());
    }

    /** The same with other credentials, like those of the person who wants to connect. */
    public BastionDiagnosis(
            String region, Optional<URI> endpoint, Optional<String> ledgerName, AwsCredentialsProvider credentials) {
        this(ReadClients.of(region, endpoint, credentials), region, ledgerName);
    }

    /** The same as a person sees it, who may have few permissions. */
    public static BastionDiagnosis of(PersonalSessions person) {
        return new BastionDiagnosis(person.region(), person.endpoint(), Optional.empty(), person.credentials());
    }

    /** @param clients closed with this */
    public BastionDiagnosis(ReadClients clients, String region, Optional<String> ledgerName) {
        this.clients = clients;
        this.calls = new ReadCalls(region);
        this.ledgerName = ledgerName;
    }

    @Override
    public void examine(Subject subject, Findings found) {
        calls.ask(
                        InstanceSearch.ACTION,
                        "the bastion's instance",
                        found,
                        () -> new InstanceSearch(clients.ec2(), ledgerName).instancesOf(subject.environment()))
                .flatMap(seen -> new InstanceFindings(subject, seen).judge(found))
                .filter(BastionInstance::isUp)
                .ifPresent(bastion -> examine(bastion, subject, found));
    }

    private void examine(BastionInstance bastion, Subject subject, Findings found) {
        found.addAll(Diagnosis.of(
                        List.of(
                                check(all -> new StatusFindings(clients.ec2(), calls).judge(bastion, all)),
                                check(all -> new ProfileFindings(clients.iam(), calls).judge(bastion, all)),
                                check(all -> new NetworkFindings(clients, calls).judge(bastion, subject.now(), all)),
                                check(all -> new EndFindings(clients.scheduler(), calls).judge(bastion, subject, all))),
                        CHECKS_TAKE,
                        CALLS_AT_ONCE)
                .findings());
    }

    private static InstallationCheck check(Consumer<Findings> examine) {
        return InstallationCheck.by(Area.AWS, "AWS", examine);
    }

    @Override
    public void close() {
        clients.close();
    }
}
