package dev.bastion.sandbox.github.account;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All accounts, found by login or by the {@code Authorization} header: {@code Basic} with the token as password, {@code
 * token …} or {@code Bearer …}.
 */
public record Accounts(List<Account> all) {
    public Accounts {
        all = List.copyOf(all);
    }

    /** The account that an Authorization header authenticates. */
    public Optional<Account> authenticate(@Nullable String authorization) {
        String token = token(authorization);
        return all.stream()
                .filter(account -> !token.isEmpty() && account.token().equals(token))
                .findFirst();
    }

    /** Case makes no difference between logins. */
    public Optional<Account> byLogin(String login) {
        return all.stream()
                .filter(account -> account.login().equalsIgnoreCase(login))
                .findFirst();
    }

    /** The token in an Authorization header; empty when there is none. */
    public static String token(@Nullable String header) {
        String authorization = header == null ? "" : header.strip();
        int space = authorization.indexOf(' ');
        String scheme = space < 0 ? "" : authorization.substring(0, space).toLowerCase(Locale.ROOT);
        String rest = authorization.substring(space + 1).strip();
        return switch (scheme) {
            case "basic" -> password(rest);
            case "token", "bearer" -> rest;
            default -> "";
        };
    }

    private static String password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), UTF_8);
            return pair.substring(pair.indexOf(':') + 1);
        } catch (IllegalArgumentException notBase64) {
            return "";
        }
    }
}
