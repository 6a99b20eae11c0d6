package dev.bastion.app.config;

import dev.bastion.access.grant.AccessRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The parser of the section {@code api}. */
final class ApiSettings {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[?::1]?");
    private static final String NO_CREDENTIAL = "no credential: a set of public keys needs none";
    private static final URI NONE = URI.create("");
    private static final SettingType<String> ISSUER = new SettingType<>(
                    "an OIDC issuer's address by https, as its tokens write it",
                    "https://token.actions.githubusercontent.com",
                    ApiSettings::issuer)
            .asString();
    private static final SettingType<String> AUDIENCE = SettingType.matching(
                    "[!-~]{1,256}", "the audience that tokens must be for, visible ASCII without spaces", "bastion")
            .asString();
    private static final SettingType<URI> JWKS = SettingType.url(NO_CREDENTIAL);

    private ApiSettings() {}

    static Settings.Api read(SettingsSection section) {
        int port = section.optional("port", SettingType.number(0, 65535), -1);
        Settings.Api api = new Settings.Api(
                port < 0 ? Optional.empty() : Optional.of(port),
                section.optional("bind", SettingType.TEXT, "127.0.0.1"),
                issuers(section));
        section.finish();
        if (api.port().isPresent() && !LOOPBACK.matcher(api.bind()).matches()) {
            section.remark(
                    "bind",
                    api.bind()
                            + " is reached from other machines, and the API speaks plain HTTP: let only a load balancer or"
                            + " proxy that adds TLS reach it");
        }
        if (api.port().isPresent() && api.issuers().isEmpty()) {
            section.problem("issuers", "is empty, so nobody could use the API; name an issuer, or remove api.port");
        }
        return api;
    }

    private static List<Settings.Api.Issuer> issuers(SettingsSection section) {
        List<Settings.Api.Issuer> issuers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SettingsSection entry : section.elements("issuers")) {
            String issuer = entry.required("issuer", ISSUER, "");
            issuers.add(new Settings.Api.Issuer(
                    issuer,
                    entry.required("audience", AUDIENCE, ""),
                    Optional.of(entry.optional("jwks_uri", JWKS, NONE)).filter(uri -> !uri.equals(NONE))));
            entry.finish();
            if (!issuer.isEmpty() && !names.add(issuer)) {
                entry.problem("issuer", issuer + " occurs twice; keep one entry for each issuer");
            }
        }
        return issuers;
    }

    /** Not changed in any way: tokens are compared with it exactly. */
    private static String issuer(String text) {
        ServiceAddress.web(text, NO_CREDENTIAL);
        return new AccessRequest.Origin(text).issuer();
    }
}
