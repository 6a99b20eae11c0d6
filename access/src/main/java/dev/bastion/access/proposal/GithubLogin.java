package dev.bastion.access.proposal;

import dev.bastion.access.grant.InvalidValue;
import java.util.regex.Pattern;

/**
 * The login of an account at GitHub, which ignores case: a user's ({@code johndoe}), an Enterprise Managed User's ({@code
 * johndoe_acme}), or an app's ({@code bastion[bot]}). Two are the same when they differ in the case of {@code A-Z} alone, so
 * no letter of another script is ever taken for one of these.
 *
 * @see <a href="https://docs.github.com/en/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference">user
 *     names of managed users</a>
 */
public record GithubLogin(String value) {
    /** Enterprise Server takes longer names from other directories than GitHub's 39 characters. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_-]{0,99}(?:\\[bot])?");

    private static final String APP = "[bot]";
    /** The login that GitHub shows in place of every account that was deleted. */
    private static final String DELETED = "ghost";

    public GithubLogin {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("GitHub login", value, "one like johndoe, johndoe_acme or bastion[bot]");
        }
    }

    /** The login of a person: none of an app, and not the one that deleted accounts share. */
    public static GithubLogin ofPerson(String value) {
        GithubLogin login = new GithubLogin(value);
        if (value.endsWith(APP) || areSame(value, DELETED)) {
            throw new InvalidValue("person's GitHub login", value, "the login of one person's account");
        }
        return login;
    }

    /** Whether two logins, as GitHub or people write them, are the same account. */
    public static boolean areSame(String one, String other) {
        return key(one).equals(key(other));
    }

    /** The form that two logins of the same account share. */
    public static String key(String login) {
        StringBuilder key = new StringBuilder(login.length());
        for (int index = 0; index < login.length(); index++) {
            char each = login.charAt(index);
            key.append(each >= 'A' && each <= 'Z' ? (char) (each - 'A' + 'a') : each);
        }
        return key.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GithubLogin(String login) && areSame(value, login);
    }

    @Override
    public int hashCode() {
        return key(value).hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
