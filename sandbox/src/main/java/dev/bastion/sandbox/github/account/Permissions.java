package dev.bastion.sandbox.github.account;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Permissions of a GitHub App, by GitHub's names: those that an installation has, or those that a request needs.
 *
 * @see <a href="https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps">GitHub's list</a>
 */
public record Permissions(Map<String, Level> levels) {
    /** How much a permission allows; a higher level includes the lower ones. */
    public enum Level {
        READ,
        WRITE;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Permissions {
        levels = Map.copyOf(levels);
    }

    /** @param text {@code contents=write,statuses=read}; empty for none */
    public static Permissions parse(String text) {
        Map<String, Level> levels = new TreeMap<>();
        Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .forEach(each -> {
                    String[] sides = each.split("=", 2);
                    levels.put(sides[0], Level.valueOf(sides[1].toUpperCase(Locale.ROOT)));
                });
        return new Permissions(levels);
    }

    /** Those that {@code docs/runbook.md} tells people to give the service's app. */
    public static Permissions ofRunbook() {
        return parse("contents=write,pull_requests=write,statuses=write,metadata=read");
    }

    public boolean include(Permissions needed) {
        return needed.levels.entrySet().stream()
                .allMatch(each -> level(each.getKey())
                        .filter(own -> own.compareTo(each.getValue()) >= 0)
                        .isPresent());
    }

    private Optional<Level> level(String name) {
        return Optional.ofNullable(levels.get(name));
    }

    /** The same with one more. */
    public Permissions with(String name, Level level) {
        Map<String, Level> more = new TreeMap<>(levels);
        more.put(name, level);
        return new Permissions(more);
    }

    /** The same without one of them. */
    public Permissions without(String name) {
        Map<String, Level> fewer = new TreeMap<>(levels);
        fewer.remove(name);
        return new Permissions(fewer);
    }

    /** As GitHub's JSON has them: {@code {"contents": "write"}}. */
    public Map<String, String> json() {
        Map<String, String> json = new TreeMap<>();
        levels.forEach((name, level) -> json.put(name, level.word()));
        return json;
    }

    /** @param sets alternatives, of which one is enough */
    public boolean includeAny(List<Permissions> sets) {
        return sets.stream().anyMatch(this::include);
    }
}
