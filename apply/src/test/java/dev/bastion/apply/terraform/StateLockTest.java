package dev.bastion.apply.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StateLockTest {

    /** As Terraform 1.11 said it of an S3 lock file. */
    private static final String ERROR = "Error acquiring the state lock. Error message: operation error S3: PutObject, "
            + "https response error StatusCode: 412, PreconditionFailed Lock Info:   "
            + "ID:        6ad2a4d1-5b5f-3b3c-2c4e-2e9b3b0d2f6f   Path:      example-state/dev/bastion/terraform.tfstate   "
            + "Operation: OperationTypeApply   Who:       runner@host-1   Version:   1.11.4   "
            + "Created:   2026-01-15 10:30:00.123456789 +0000 UTC   Info:         Terraform acquires a state lock";

    @Test
    void theRemedyNamesTheHolderAndTheCommand() {
        assertThat(StateLock.remedy(List.of("something else", ERROR)))
                .hasValue("The state is locked by runner@host-1 since 2026-01-15 10:30:00.123456789 +0000 UTC. "
                        + "If that run is still active, retry when it has finished. If it is dead, remove its lock: "
                        + "aws s3 rm s3://example-state/dev/bastion/terraform.tfstate.tflock "
                        + "(terraform force-unlock 6ad2a4d1-5b5f-3b3c-2c4e-2e9b3b0d2f6f)");
    }

    @Test
    void otherErrorsHaveNoLockRemedy() {
        assertThat(StateLock.remedy(List.of("Invalid template interpolation value")))
                .isEmpty();
    }
}
