package dev.bastion.app.aws.account;

import dev.bastion.access.diagnosis.CheckFailed;
import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.ObservationFailed;
import dev.bastion.access.grant.BastionObservation;
import dev.bastion.access.port.BastionMonitor;
import dev.bastion.access.port.BastionTerminator;
import dev.bastion.app.aws.AwsFaults;
import dev.bastion.app.aws.AwsPlatform;
import dev.bastion.app.aws.AwsSessions;
import dev.bastion.app.aws.CallerIdentity;
import dev.bastion.app.aws.diagnosis.BastionDiagnosis;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The observer of one place, which also terminates there. It says nothing of a place before AWS has confirmed that its
 * credentials are of the account that {@code ledger.yaml} names: another account would show no bastion, which is not gone.
 */
final class PlaceWatcher implements BastionMonitor, BastionTerminator, AutoCloseable {
    private final WatchedPlace at;
    private final Optional<URI> endpoint;
    private final AwsFaults faults;
    private final AccountCredentials credentials;
    private final AwsPlatform platform;
    private final AwsSessions sessions;
    private final BastionDiagnosis diagnosis;
    private volatile boolean isConfirmed;

    /** @param credentials closed with this */
    PlaceWatcher(WatchedPlace at, AccountCredentials credentials, Optional<URI> endpoint, Optional<String> ledgerName) {
        this.at = at;
        this.endpoint = endpoint;
        this.faults = new AwsFaults(at.region());
        this.credentials = credentials;
        this.platform = new AwsPlatform(at.region(), endpoint, ledgerName, credentials);
        this.sessions = new AwsSessions(at.region(), endpoint, credentials);
        this.diagnosis = new BastionDiagnosis(at.region(), endpoint, ledgerName, credentials);
        this.isConfirmed = at.place().id().isEmpty();
    }

    AwsSessions sessions() {
        return sessions;
    }

    BastionDiagnosis diagnosis() {
        return diagnosis;
    }

    @Override
    public List<BastionObservation> look() {
        confirmAccount();
        return platform.look().stream().map(this::placed).toList();
    }

    @Override
    public boolean terminate(BastionObservation bastion) {
        confirmAccount();
        return platform.terminate(bastion);
    }

    private BastionObservation placed(BastionObservation seen) {
        if (at.place().id().isEmpty()) {
            return seen;
        }
        seen.details().account().ifPresent(this::requireOwn);
        return seen.at(at.place().id(), at.profile());
    }

    private void confirmAccount() {
        if (!isConfirmed) {
            caller().ifPresent(caller -> {
                requireOwn(caller.account());
                isConfirmed = true;
            });
        }
    }

    /** Empty where the service's own credentials are used and STS cannot be reached: EC2's answer names the account, too. */
    private Optional<CallerIdentity> caller() {
        String attempted = "confirming " + at.title();
        try {
            return Optional.of(CallerIdentity.ask(credentials.resolveCredentials(), at.region(), endpoint));
        } catch (SdkException e) {
            throw new ObservationFailed(faults.onRead(attempted, "sts:AssumeRole", e), e);
        } catch (CallerIdentity.Refused e) {
            throw new ObservationFailed(
                    new Fault.Refused(
                            ExternalSystem.AWS,
                            attempted,
                            String.valueOf(e.getMessage()),
                            "enable the region " + at.region()
                                    + " in the account, or correct the service's credentials"),
                    e);
        } catch (CheckFailed e) {
            if (at.role().isEmpty()) {
                return Optional.empty();
            }
            throw new ObservationFailed(ExternalSystem.AWS, attempted, e);
        }
    }

    private void requireOwn(String account) {
        if (!account.equals(at.place().id())) {
            throw new ObservationFailed(
                    new Fault.Refused(
                            ExternalSystem.AWS,
                            "looking at " + at.title(),
                            "the credentials are of the account " + account,
                            "correct id or watch_role of accounts." + at.place().account() + " in ledger.yaml"),
                    new IllegalStateException("another account"));
        }
    }

    @Override
    public void close() {
        platform.close();
        sessions.close();
        diagnosis.close();
        credentials.close();
    }
}
