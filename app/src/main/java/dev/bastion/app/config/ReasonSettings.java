package dev.bastion.app.config;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.bastion.access.grant.Reason;
import dev.bastion.access.rules.ReasonPattern;
import dev.bastion.access.rules.ReasonRules;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.MatchResult;

/** The settings of a request's reason: {@code reason_required}, {@code reason_pattern} and {@code reason_help}. */
final class ReasonSettings {
    private static final SettingType<Optional<LinearPattern>> PATTERN = new SettingType<Optional<LinearPattern>>(
                    "a regular expression of RE2, or none",
                    "INC-[0-9]+",
                    text -> text.equals("none") ? Optional.empty() : Optional.of(LinearPattern.parse(text)))
            .asString();
    private static final SettingType<Optional<String>> HELP = new SettingType<Optional<String>>(
                    "a sentence of at most " + Reason.LONGEST + " characters", "Name the incident.", text -> {
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

    /**
     * A regular expression of RE2: its time grows with the length of the text alone, and it knows neither back references nor
     * look-around.
     *
     * @see <a href="https://github.com/google/re2/wiki/Syntax">RE2's syntax</a>
     */
    record LinearPattern(Pattern pattern) implements Predicate<String> {
        static final int LONGEST = 200;

        /** RE2 writes a counted repetition out, and one inside another multiplies: a few letters could take all memory. */
        static final int MOST_REPETITIONS = 300;

        private static final java.util.regex.Pattern COUNTS = java.util.regex.Pattern.compile("\\d{1,9}");
        private static final java.util.regex.Pattern BRACES = java.util.regex.Pattern.compile("\\{[^{}]{1,20}\\}");

        /** @throws UnusableSetting for what is no such expression, takes too much, or occurs in every text */
        static LinearPattern parse(String text) {
            if (text.length() > LONGEST) {
                throw new UnusableSetting("is longer than " + LONGEST + " characters");
            }
            if (repetitions(text) > MOST_REPETITIONS) {
                throw new UnusableSetting("repeats more than " + MOST_REPETITIONS
                        + " times; its counts, multiplied, may not exceed that");
            }
            Pattern pattern = compiled(text);
            if (pattern.matcher("").find()) {
                throw new UnusableSetting(
                        "matches an empty reason, so it requires nothing; remove it, or require a character");
            }
            return new LinearPattern(pattern);
        }

        private static Pattern compiled(String text) {
            try {
                return Pattern.compile(text);
            } catch (PatternSyntaxException e) {
                throw new UnusableSetting(
                        "is not a regular expression of RE2, which has no look-around and no back references: "
                                + e.getDescription());
            }
        }

        /** All counts multiplied, whether or not they are inside one another. */
        private static long repetitions(String text) {
            return BRACES.matcher(text)
                    .results()
                    .mapToLong(LinearPattern::largest)
                    .reduce(1, (product, count) -> Math.min(product * count, Integer.MAX_VALUE));
        }

        private static long largest(MatchResult braces) {
            return COUNTS.matcher(braces.group())
                    .results()
                    .mapToLong(count -> Long.parseLong(count.group()))
                    .filter(count -> count > 0)
                    .max()
                    .orElse(1);
        }

        @Override
        public boolean test(String text) {
            return pattern.matcher(text).find();
        }
    }
}
