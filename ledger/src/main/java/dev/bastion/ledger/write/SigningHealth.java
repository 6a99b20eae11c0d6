package dev.bastion.ledger.write;

import dev.bastion.access.fault.ExternalSystem;
import dev.bastion.access.fault.Fault;
import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.ledger.file.LedgerAlarms;
import dev.bastion.ledger.git.signature.SigningFailed;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the service can sign: it raises one alarm when it no longer can, and the next only after it could again. */
public final class SigningHealth {
    private static final Logger LOG = LoggerFactory.getLogger(SigningHealth.class);

    private final LedgerAlarms alarms;
    private final AtomicReference<Health> health = new AtomicReference<>(Health.UNKNOWN);

    private enum Health {
        UNKNOWN,
        WORKS,
        FAILS
    }

    SigningHealth(LedgerAlarms alarms) {
        this.alarms = alarms;
    }

    /**
     * Logs the failure, and raises the alarm when it is the first.
     *
     * @param what what was to be signed, for people
     * @return the refusal of whatever does not go without a signature
     */
    public LedgerRejected failed(String what, SigningFailed failure) {
        failed(failure);
        return new LedgerRejected(new Fault.Refused(
                ExternalSystem.SIGNING_KEY,
                what,
                "the service cannot sign it, because " + failure.getMessage(),
                "repair the signing key (signing.key_file, or signing.kms_key and the role's kms:Sign)"));
    }

    void failed(SigningFailed failure) {
        LOG.atError().setCause(failure).log("ledger.unsigned");
        if (health.getAndSet(Health.FAILS) != Health.FAILS) {
            alarms.signingFailed(String.valueOf(failure.getMessage()));
        }
    }

    void works() {
        Health before = health.getAndSet(Health.WORKS);
        if (before == Health.FAILS) {
            LOG.atInfo().log("ledger.signed-again");
        }
        if (before != Health.WORKS) {
            alarms.signingWorks();
        }
    }
}
