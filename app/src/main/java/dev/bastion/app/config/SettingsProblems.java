package dev.bastion.app.config;

import java.util.List;

/** The fault that the settings are invalid: every problem, each with key, rule and example. */
public final class SettingsProblems extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SettingsProblems(List<String> problems) {
        super(String.join("\n", problems));
    }
}
