package dev.bastion.app.aws;

import dev.bastion.access.grant.EnvironmentName;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A person's own access to bastions: what AWS lets this person find and start. Every call throws
 * {@link PersonalAccessFailed} with the reason and a remedy for this person.
 */
public interface PersonalAccess extends AutoCloseable {
    /** The region that is looked at, like {@code eu-central-1}. */
    String region();

    /** The account and the role or user, like {@code account 123456789012, as arn:aws:sts::…}. */
    String identity();

    /** The bastions of an environment that start or run. Needs {@code ec2:DescribeInstances}. */
    List<PersonalBastion> bastionsOf(EnvironmentName environment);

    /** The bastion as it is now; empty when it no longer starts or runs. */
    Optional<PersonalBastion> bastion(String instance);

    /**
     * Starts a session that forwards a local port to the bastion's database. Needs {@code ssm:StartSession} on the
     * instance and on the document.
     */
    PersonalSession start(PersonalBastion bastion, int localPort);

    /** Ends a session; one that has ended stays as it is. Needs {@code ssm:TerminateSession}. */
    void terminate(String session);

    /** An RDS IAM authentication token: a password that is valid for 15 minutes. Needs {@code rds-db:connect} at its use. */
    String databaseToken(String host, int port, String user, InstantSource clock);

    @Override
    void close();
}
