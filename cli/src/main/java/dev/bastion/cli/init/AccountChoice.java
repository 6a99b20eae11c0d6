package dev.bastion.cli.init;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.layout.NameTemplate;
import dev.bastion.layout.account.AccountKey;
import dev.bastion.layout.account.AccountRoles;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Region;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The AWS accounts of a layout with {@code {account}} or {@code {region}} in its paths. */
final class AccountChoice {
    static final String FORM = "KEY:ID:REGION[:REGION...]";

    private static final String ACCOUNT = "{account}";
    private static final String REGION = "{region}";

    private AccountChoice() {}

    static boolean isNeeded(List<String> paths) {
        return paths.stream().anyMatch(path -> path.contains(ACCOUNT) || path.contains(REGION));
    }

    /**
     * The account that a text names, like {@code prod:123456789012:eu-west-1:us-east-1}.
     *
     * @throws InvalidValue when the text has another form
     */
    static AwsAccount parse(String text) {
        List<String> parts = Arrays.asList(text.strip().split(":", -1));
        if (parts.size() < 3) {
            throw new InvalidValue("account", text, FORM + ", like prod:123456789012:eu-west-1");
        }
        return new AwsAccount(
                new AccountKey(parts.getFirst()),
                parts.get(1),
                parts.subList(2, parts.size()).stream().map(Region::new).toList(),
                AccountRoles.NONE,
                Optional.empty());
    }

    /** The template that gives environments of several places several names. */
    static NameTemplate name(List<String> paths, AwsAccounts accounts) {
        boolean hasAccounts = accounts.all().size() > 1;
        boolean hasRegions =
                accounts.all().stream().anyMatch(account -> account.regions().size() > 1);
        return new NameTemplate(Stream.of(
                        hasAccounts && paths.stream().allMatch(path -> path.contains(ACCOUNT)) ? ACCOUNT : "",
                        hasRegions && paths.stream().allMatch(path -> path.contains(REGION)) ? REGION : "",
                        "{name}")
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("/")));
    }
}
