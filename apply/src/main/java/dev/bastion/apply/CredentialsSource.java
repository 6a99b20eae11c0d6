package dev.bastion.apply;

import java.util.Map;

/** The source of the credentials with which the programs of one environment's run call AWS. */
@FunctionalInterface
public interface CredentialsSource {
    /** The credentials that this process has, for every environment. */
    CredentialsSource AMBIENT = (_, variables) -> variables;

    /**
     * The variables of the environment's programs, with its credentials.
     *
     * @param environment the environment's name, or its path where no pattern names it
     * @param variables the variables of this process that programs get, with its own credentials
     */
    Map<String, String> variablesFor(String environment, Map<String, String> variables);
}
