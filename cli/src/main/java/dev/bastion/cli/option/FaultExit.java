package dev.bastion.cli.option;

import dev.bastion.apply.run.InvalidConfiguration;
import dev.bastion.apply.run.StepFailed;
import java.util.function.Consumer;

/** The exit code of a command that may meet a fault: 2 when the configuration is invalid, 1 when a step failed. */
public final class FaultExit {
    private FaultExit() {}

    /** What a command does; its result is the exit code without a fault. */
    @FunctionalInterface
    public interface Run<E extends Exception> {
        int exitCode() throws E;
    }

    /** @param output gets the fault's message */
    public static <E extends Exception> int of(Consumer<String> output, Run<E> run) throws E {
        try {
            return run.exitCode();
        } catch (InvalidConfiguration e) {
            output.accept(String.valueOf(e.getMessage()));
            return 2;
        } catch (StepFailed e) {
            output.accept(String.valueOf(e.getMessage()));
            return 1;
        }
    }
}
