package dev.bastion.app.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSetRetrievalException;
import com.nimbusds.jose.jwk.source.JWKSetSource;
import com.nimbusds.jose.jwk.source.JWKSetUnavailableException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.JSONObjectUtils;
import dev.bastion.app.config.Settings.Api.Issuer;
import java.io.IOException;
import java.net.URI;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The keys as an issuer publishes them: at the configured address, or where its discovery document says. That document must
 * name the very issuer.
 *
 * @see <a href="https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderConfigurationValidation">OpenID Connect
 *     Discovery 1.0, 4.3</a>
 */
final class PublishedKeys implements JWKSetSource<SecurityContext> {
    private static final String WELL_KNOWN = ".well-known/openid-configuration";

    private final Issuer issuer;
    private final KeyDownload download = new KeyDownload();

    PublishedKeys(Issuer issuer) {
        this.issuer = issuer;
    }

    @Override
    public JWKSet getJWKSet(
            @Nullable JWKSetCacheRefreshEvaluator refresh, long currentTime, @Nullable SecurityContext context)
            throws JWKSetUnavailableException {
        try {
            Optional<URI> configured = issuer.jwksUri();
            return JWKSet.parse(download.text(configured.isPresent() ? configured.get() : discovered()));
        } catch (IOException | ParseException | IllegalArgumentException e) {
            throw new JWKSetRetrievalException(String.valueOf(e.getMessage()), e);
        }
    }

    private URI discovered() throws IOException, ParseException {
        String base = issuer.issuer().endsWith("/") ? issuer.issuer() : issuer.issuer() + "/";
        Map<String, Object> document = JSONObjectUtils.parse(download.text(URI.create(base + WELL_KNOWN)));
        if (!issuer.issuer().equals(document.get("issuer"))) {
            throw new IOException("the discovery document at " + base + WELL_KNOWN + " is of another issuer");
        }
        return URI.create(JSONObjectUtils.getString(document, "jwks_uri"));
    }

    @Override
    public void close() {
        download.close();
    }
}
