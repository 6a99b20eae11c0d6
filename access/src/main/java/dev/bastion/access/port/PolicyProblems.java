package dev.bastion.access.port;

import java.util.List;

/** The problems of invalid policy files, each with file, path, rule and an example. */
public final class PolicyProblems extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    public PolicyProblems(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
