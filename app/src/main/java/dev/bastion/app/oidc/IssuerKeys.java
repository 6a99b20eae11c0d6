package dev.bastion.app.oidc;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import dev.bastion.app.config.Settings.Api.Issuer;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * The public keys of one issuer, cached. An unknown key id has them read again, twice in 30 seconds at most; while the issuer
 * does not answer, the keys of the last day stay in use.
 */
final class IssuerKeys implements AutoCloseable {
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);
    private static final Duration BETWEEN_READS = Duration.ofSeconds(30);
    private static final Duration USABLE = Duration.ofDays(1);

    private final PublishedKeys published;
    private final JWKSource<SecurityContext> keys;

    IssuerKeys(Issuer issuer) {
        this.published = new PublishedKeys(issuer);
        this.keys = JWKSourceBuilder.create(published)
                .refreshAheadCache(false)
                .cache(FRESH.toMillis(), LONGEST_WAIT.toMillis())
                .rateLimited(BETWEEN_READS.toMillis())
                .outageTolerant(USABLE.toMillis())
                .build();
    }

    /** The keys that the header's algorithm and key id can mean; none where the issuer has none. */
    List<JWK> matching(JWSHeader header) throws KeySourceException {
        return keys.get(new JWKSelector(JWKMatcher.forJWSHeader(header)), null);
    }

    @Override
    public void close() {
        try {
            if (keys instanceof Closeable closeable) {
                closeable.close();
            }
        } catch (IOException _) {
            // it holds nothing but memory
        }
        published.close();
    }
}
