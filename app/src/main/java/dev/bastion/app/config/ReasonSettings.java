package dev.bastion.app.config;

import dev.bastion.access.grant.Reason;
import dev.bastion.access.rules.ReasonPattern;
import dev.bastion.access.rules.ReasonRules;
import java.util.Optional;

/** The settings of a request's reason: {@code reason_required}, {@code reason_pattern} and {@code reason_help}. */
final class ReasonSettings {
    private static final SettingType<Optional<LinearPattern>> PATTERN = new SettingType<Optional<LinearPattern>>(
                    "a regular expression of RE2, or none",
                    "INC-[0-9]+",
                    text -> text.equals("none") ? Optional.empty() : Optional.of(LinearPattern.parse(text)))
            .asString();
    private static final SettingType<Optional<String>> HELP =
            new SettingType<Optional<String>>("a sentence of at most " + Reason.LONGEST + " characters", "Name the incident.", text -> {
                        if (text.isBlank()) {
                            throw new UnusableSetting("is empty");
                        }
                        return Optional.of(Reason.of(text).text());
                    })
                    .asString();

    private ReasonSettings() {}

    static ReasonRules read(SettingsSection section, ReasonRules defaults) {
        boolean required = section.optional("reason_required", SettingType.FLAG, defaults.required());
        Optional<String> help = section.optional("reason_help", HELP, Optional.empty());
        Optional<LinearPattern> own = section.optional("reason_pattern", PATTERN, Optional.empty());
        Optional<ReasonPattern> pattern = section.has("reason_pattern")
                ? own.map(one -> new ReasonPattern(one.pattern().pattern(), help, one))
                : defaults.pattern().map(inherited -> withHelp(inherited, help));
        if (help.isPresent() && pattern.isEmpty() && !section.has("reason_pattern")) {
            section.problem("reason_help", "explains no pattern; add reason_pattern, or remove it");
        }
        return new ReasonRules(required, pattern);
    }

    private static ReasonPattern withHelp(ReasonPattern inherited, Optional<String> help) {
        return new ReasonPattern(inherited.pattern(), help.or(inherited::help), inherited.occursIn());
    }
}
