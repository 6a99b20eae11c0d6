package dev.bastion.app.config;

import dev.bastion.access.grant.InvalidValue;
import dev.bastion.layout.account.AccountKey;
import dev.bastion.layout.account.AccountRoles;
import dev.bastion.layout.account.AwsAccount;
import dev.bastion.layout.account.AwsAccounts;
import dev.bastion.layout.account.Region;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** The AWS accounts in {@code accounts} of {@code ledger.yaml}. */
final class AccountSettings {
    private static final String PLACEHOLDER = "000000000000";
    private static final SettingType<String> ID = SettingType.matching(
                    "[0-9]{12}", "the 12 digits of an AWS account, in quotes", "\"123456789012\"")
            .asString();
    private static final SettingType<Region> REGION = new SettingType<>("a region of AWS", "eu-west-1", Region::new);
    private static final SettingType<String> ROLE = SettingType.matching(
            "arn:aws[a-z-]*:iam::[0-9]{12}:role/[A-Za-z0-9+=,.@_/-]{1,512}",
            "the ARN of a role",
            "arn:aws:iam::123456789012:role/bastion-watch");
    private static final SettingType<String> EXTERNAL_ID = SettingType.matching(
                    "[A-Za-z0-9+=,.@:/_-]{2,1224}", "2 to 1224 letters, digits and characters of +=,.@:/_-", "acme")
            .asString();
    private static final SettingType<String> BUCKET = SettingType.matching(
            "[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", "the name of an S3 bucket", "acme-terraform-state");

    private static final SettingType<String> PROFILE = SettingType.matching(
                    "[A-Za-z0-9_][A-Za-z0-9_.@/+=:-]{0,127}", "a profile of AWS configurations", "acme-prod")
            .asString();

    private AccountSettings() {}

    static AwsAccounts read(SettingsSection section) {
        List<AwsAccount> accounts = new ArrayList<>();
        for (String key : section.keys()) {
            try {
                accounts.add(account(new AccountKey(key), section.section(key)));
            } catch (InvalidValue e) {
                section.problem(key, e.explanation());
            }
        }
        requireDistinct(section, accounts, account -> account.key().value().toLowerCase(Locale.ROOT), "name");
        requireDistinct(section, accounts, AwsAccount::id, "id");
        return new AwsAccounts(accounts);
    }

    private static AwsAccount account(AccountKey key, SettingsSection section) {
        String id = section.required("id", ID, PLACEHOLDER);
        AccountRoles roles = new AccountRoles(
                role(section, "watch_role", id),
                role(section, "apply_role", id),
                role(section, "plan_role", id),
                optional(section, "external_id", EXTERNAL_ID));
        AwsAccount account = new AwsAccount(
                key,
                id,
                regions(section),
                roles,
                optional(section, "state_bucket", BUCKET),
                optional(section, "profile", PROFILE));
        section.finish();
        return account;
    }

    private static List<Region> regions(SettingsSection section) {
        List<String> texts = section.names("regions").orElse(List.of());
        List<Region> regions = texts.stream()
                .flatMap(text -> section.parse("regions", text, REGION).stream())
                .distinct()
                .toList();
        if (section.has("regions") && texts.isEmpty()) {
            section.problem("regions", "names no region; write one, like [eu-west-1], or leave the key out");
        }
        return regions;
    }

    private static Optional<String> role(SettingsSection section, String key, String id) {
        Optional<String> role = optional(section, key, ROLE);
        role.filter(arn -> !id.equals(PLACEHOLDER) && !arn.contains(":" + id + ":"))
                .ifPresent(arn -> section.problem(
                        key, "is of the account " + arn.split(":")[4] + "; write a role of the account " + id));
        return role;
    }

    private static Optional<String> optional(SettingsSection section, String key, SettingType<String> type) {
        String value = section.optional(key, type, "");
        return Optional.of(value).filter(given -> !given.isEmpty());
    }

    private static void requireDistinct(
            SettingsSection section, List<AwsAccount> accounts, Function<AwsAccount, String> value, String what) {
        Map<String, AccountKey> known = new HashMap<>();
        for (AwsAccount account : accounts) {
            Stream.ofNullable(known.putIfAbsent(value.apply(account), account.key()))
                    .filter(_ -> !value.apply(account).equals(PLACEHOLDER))
                    .forEach(other -> section.problem(
                            account.key().value(), "has the " + what + " of " + other + "; correct or remove one"));
        }
    }
}
