package dev.bastion.access;

/** Sees what CI does with a commit. */
public interface ApplyWatch {
    /**
     * What CI says of this commit for this environment.
     *
     * @throws ObservationFailed when it could not be asked
     */
    ApplyReport reportOn(EnvironmentName environment, CommitId commit);
}
