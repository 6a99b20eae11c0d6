package dev.bastion.cli.connect;

import dev.bastion.app.aws.PersonalAccessFailed;

/** The refusal to connect, or to go on: why, what to do, and the process's exit code. */
final class ConnectRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ExitCode code;
    private final String remedy;

    ConnectRefused(ExitCode code, String message, String remedy) {
        super(message);
        this.code = code;
        this.remedy = remedy;
    }

    static ConnectRefused of(PersonalAccessFailed failure) {
        ExitCode code = switch (failure.reason()) {
            case CONFIGURATION -> ExitCode.MISCONFIGURED;
            case DENIED, REFUSED -> ExitCode.DENIED;
            case NOT_CONNECTED, UNREACHABLE -> ExitCode.TRY_AGAIN;
        };
        ConnectRefused refused = new ConnectRefused(code, String.valueOf(failure.getMessage()), failure.remedy());
        refused.initCause(failure);
        return refused;
    }

    ExitCode code() {
        return code;
    }

    String remedy() {
        return remedy;
    }
}
