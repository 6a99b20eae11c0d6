package dev.bastion.ledger.write;

import dev.bastion.access.fault.LedgerRejected;
import dev.bastion.access.fault.LedgerUnreachable;
import dev.bastion.ledger.git.object.CloneBroken;
import dev.bastion.ledger.git.remote.PushOutcome;
import dev.bastion.ledger.git.signature.AllowedSigners;
import dev.bastion.ledger.git.signature.CommitSigner;
import dev.bastion.ledger.git.signature.SigningFailed;
import dev.bastion.ledger.git.signature.SshPublicKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The switch of a ledger to signed entries, at the start of a service that has a key. */
public final class SigningSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(SigningSwitch.class);

    /** The list of keys for people and auditors, beside the policy. The service trusts none of them for being there. */
    private final LedgerBranch branch;

    public SigningSwitch(LedgerBranch branch) {
        this.branch = branch;
    }

    /**
     * Writes the commit from which on entries are signed, unless the branch has a signed one. A failure is logged and does not
     * keep the service from starting: the next entry is signed, and is the switch.
     */
    public void begin(Instant now) {
        Optional<CommitSigner> signer = branch.settings().keys().signer();
        if (signer.isEmpty()) {
            LOG.atWarn()
                    .log(
                            "entries are not signed, so everyone who may push can forge them; set signing.key_file (docs/runbook.md)");
            return;
        }
        branch.settings()
                .keys()
                .others()
                .notes()
                .forEach(note -> LOG.atWarn().addKeyValue("note", note).log("signing.allowed-signers"));
        try {
            Optional<SshPublicKey> key = signer.get().publicKey();
            key.ifPresent(this::warnUnlessListed);
            if (!branch.state().signed().hasBegun()) {
                LostRaces.retry(() -> write(signer.get(), now) ? Optional.of(now) : Optional.empty());
            }
        } catch (SigningFailed e) {
            branch.signing().failed(e);
        } catch (LedgerRejected | LedgerUnreachable | CloneBroken e) {
            LOG.atError().setCause(e).log("ledger.signing-not-begun");
        }
    }

    private boolean write(CommitSigner signer, Instant now) {
        // fails here, before anything is drafted, when the key cannot be used
        SshPublicKey key = signer.sign(new byte[0]).key();
        PushOutcome outcome = branch.write(batch -> batch.beginSigning(key, now));
        return outcome != PushOutcome.LOST_RACE || branch.state().signed().hasBegun();
    }

    private void warnUnlessListed(SshPublicKey key) {
        String path = branch.state().layout().allowedSigners();
        boolean isListed = branch.file(path)
                .map(bytes -> AllowedSigners.parse(new String(bytes, StandardCharsets.UTF_8)))
                .filter(listed -> listed.names(key))
                .isPresent();
        if (!isListed) {
            LOG.atWarn()
                    .addKeyValue("file", path)
                    .addKeyValue(
                            "line",
                            branch.settings().committer().email() + " namespaces=\"" + CommitSigner.NAMESPACE + "\" "
                                    + key.line())
                    .log("signing.key-not-listed: people need this line to verify the service's signatures with git");
        }
    }
}
