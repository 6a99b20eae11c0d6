package dev.bastion.layout.account;

import dev.bastion.access.grant.InvalidValue;
import java.util.regex.Pattern;

/** The key of an AWS account in {@code accounts} of {@code ledger.yaml}, and a path part where a pattern has {@code {account}}. */
public record AccountKey(String value) implements Comparable<AccountKey> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9_])?");

    /** The account of environments whose pattern has no {@code {account}}. */
    public static final AccountKey DEFAULT = new AccountKey("default");

    public AccountKey {
        if (!FORM.matcher(value).matches()) {
            throw new InvalidValue("account", value, "letters, digits, '.', '_' and '-', like prod");
        }
    }

    @Override
    public int compareTo(AccountKey other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
