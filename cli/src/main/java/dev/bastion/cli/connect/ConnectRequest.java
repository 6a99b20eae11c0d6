package dev.bastion.cli.connect;

import dev.bastion.access.grant.EnvironmentName;
import java.time.Duration;
import java.util.Optional;

/**
 * What a person asked {@code bastion connect} for.
 *
 * @param instance the bastion to take where there are several
 * @param target the database to take where there are several behind the bastion
 * @param port the local port; empty for a free one
 * @param patience how long to wait for a bastion that starts
 * @param waitsForOpening whether to wait also for one that is not there yet
 * @param user the database's user
 * @param database the database's name
 * @param needsToken whether the password is an RDS IAM token
 */
record ConnectRequest(
        EnvironmentName environment,
        Optional<String> instance,
        Optional<String> target,
        Optional<Integer> port,
        Duration patience,
        boolean waitsForOpening,
        Optional<String> user,
        Optional<String> database,
        boolean needsToken,
        Optional<ClientProgram> client) {
    /** The port of this machine that leads there unless the person chooses another. */
    int usualPort() {
        return target.map(environment::localPort).orElseGet(environment::localPort);
    }
}
