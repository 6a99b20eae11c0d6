package dev.bastion.app.config;

import java.util.List;

/** The settings are wrong: every problem, each with key, rule and an example. */
public final class SettingsProblems extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsProblems(List<String> problems) {
        super(String.join("\n", problems));
    }
}
