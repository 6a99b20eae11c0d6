package dev.bastion.access.grant;

import java.util.regex.Pattern;

/**
 * A person: {@code id} is the Slack user id (1 to 64 of {@code A-Za-z0-9._-}), {@code name} is for display only (1 to 64 of
 * the same). Both end up in files that CI evaluates, so both are held
 * to an allow-list.
 */
public record Person(String id, String name) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** The most characters of a name that are looked at. */
    private static final int MAX_READ = 1000;

    public Person {
        if (!FORM.matcher(id).matches()) {
            throw new InvalidValue("user id", id, "an id like U12345678");
        }
        if (!FORM.matcher(name).matches()) {
            throw new InvalidValue("user name", name, "a name like john.doe");
        }
    }

    /** A person with any display name: characters outside the allow-list become {@code -}; an empty name becomes the id. */
    public static Person of(String id, String calledThemselves) {
        String start =
                calledThemselves.length() <= MAX_READ ? calledThemselves : calledThemselves.substring(0, MAX_READ);
        String name = withoutHyphensAround(start.replaceAll("[^A-Za-z0-9._-]+", "-"));
        name = name.length() > 64 ? name.substring(0, 64) : name;
        return new Person(id, name.isEmpty() ? id : name);
    }

    /** In linear time, which a regular expression does not take: a commit's author is foreign text. */
    private static String withoutHyphensAround(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && text.charAt(from) == '-') {
            from++;
        }
        while (to > from && text.charAt(to - 1) == '-') {
            to--;
        }
        return text.substring(from, to);
    }

    public boolean is(Person other) {
        return id.equals(other.id);
    }
}
