package dev.bastion.access.membership;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A group of people that another system keeps, as a policy names it: {@code github-team:acme/dba}. */
public record ExternalAudience(Scheme scheme, String id) implements Comparable<ExternalAudience> {
    /** The systems, by what stands before the colon. */
    public enum Scheme {
        /** The members of a GitHub team and of its child teams, by organization and slug. */
        GITHUB_TEAM(
                "github-team",
                "GitHub",
                "[a-z0-9](?:-?[a-z0-9]){0,38}/[a-z0-9_][a-z0-9_-]{0,99}",
                "the organization and the team's slug, in small letters",
                "acme/dba"),
        /** The members of a Slack user group, by its id. */
        SLACK_GROUP("slack-group", "Slack", "S[A-Z0-9]{2,31}", "the user group's id, in capital letters", "S0123ABC"),
        /** Who is on call by a PagerDuty schedule at the moment, by its id. */
        ON_CALL("oncall", "PagerDuty", "[PQ][A-Z0-9]{3,31}", "the schedule's id, in capital letters", "PABC123");

        private final String word;
        private final String system;
        private final Pattern form;
        private final String meaning;
        private final String example;

        Scheme(String word, String system, String form, String meaning, String example) {
            this.word = word;
            this.system = system;
            this.form = Pattern.compile(form);
            this.meaning = meaning;
            this.example = example;
        }

        /** The system that answers, for people. */
        public String system() {
            return system;
        }

        /** What stands before the id, with the colon. */
        String prefix() {
            return word + ":";
        }

        private String whole() {
            return prefix() + example;
        }
    }

    public ExternalAudience {
        if (!scheme.form.matcher(id).matches()) {
            throw new IllegalArgumentException("\"" + scheme.prefix() + shown(id) + "\" is no " + scheme.system
                    + " audience; write " + scheme.meaning + ", like " + scheme.whole());
        }
    }

    /** Whether the text is written like an audience of this kind, right or wrong: a word and a colon come first. */
    public static boolean isWrittenLike(String text) {
        return text.indexOf(':') > 0;
    }

    /**
     * The audience in the text.
     *
     * @throws IllegalArgumentException when it is none, with what to write instead
     */
    public static ExternalAudience parse(String text) {
        Scheme scheme = schemeOf(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + shown(text) + "\" has no known word before its colon; there are everyone, group:<name>,"
                                + " machine:<name>, " + forms()));
        return new ExternalAudience(scheme, text.substring(scheme.prefix().length()));
    }

    private static Optional<Scheme> schemeOf(String text) {
        return Arrays.stream(Scheme.values())
                .filter(scheme -> text.startsWith(scheme.prefix()))
                .findFirst();
    }

    /** An example of each form, for people. */
    public static String forms() {
        return Arrays.stream(Scheme.values()).map(Scheme::whole).collect(Collectors.joining(", "));
    }

    private static String shown(String text) {
        String start = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return start.replaceAll("[^\\x20-\\x7e]", "?");
    }

    /** As a policy writes it. */
    public String value() {
        return scheme.prefix() + id;
    }

    @Override
    public int compareTo(ExternalAudience other) {
        return value().compareTo(other.value());
    }

    @Override
    public String toString() {
        return value();
    }
}
