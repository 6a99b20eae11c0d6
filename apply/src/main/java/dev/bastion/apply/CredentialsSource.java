package dev.bastion.apply;

import dev.bastion.apply.run.StepFailed;
import java.util.Map;

/** The source of the credentials with which the programs of one environment's run call AWS. */
@FunctionalInterface
public interface CredentialsSource {
    /** The credentials that this process has, for every environment. */
    CredentialsSource AMBIENT = (_, variables) -> variables;

    /**
     * The variables of the environment's programs, with its credentials.
     *
     * @param variables the variables of this process that programs get, with its own credentials
     * @throws StepFailed when the environment's account gives no credentials, with what to do
     */
    Map<String, String> variablesFor(RunTarget target, Map<String, String> variables);
}
