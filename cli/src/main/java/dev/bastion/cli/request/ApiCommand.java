package dev.bastion.cli.request;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The common part of the commands that ask the API: the connection, the printing of the answer, and failures. */
abstract class ApiCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ApiOptions options = new ApiOptions();

    private final Map<String, String> environment;

    ApiCommand(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    @Override
    public final Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (ApiConnection api = options.connection(environment)) {
            JsonNode answer = ask(api);
            out.println(options.isJson() ? answer.toPrettyString() : AnswerText.of(answer));
            return 0;
        } catch (ApiFailed e) {
            if (options.isJson()) {
                out.println(e.problem().toPrettyString());
            }
            fail(String.valueOf(e.getMessage()));
            return e.exitCode();
        }
    }

    abstract JsonNode ask(ApiConnection api);

    /** Tells the person what happens, where the output is for programs. */
    void tell(String progress) {
        fail(progress);
    }

    private void fail(String line) {
        PrintWriter errors = spec.commandLine().getErr();
        errors.println("bastion: " + line);
        errors.flush();
    }
}
