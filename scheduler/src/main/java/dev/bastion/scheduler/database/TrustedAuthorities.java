package dev.bastion.scheduler.database;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Properties;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.postgresql.ssl.WrappedFactory;

/**
 * The TLS connections of the driver, which makes this by its name: they trust the authorities of the settings alone or, without
 * any, those that Java knows. The driver itself compares the server's name (sslmode verify-full).
 */
public final class TrustedAuthorities extends WrappedFactory {
    static final String PROPERTY = "bastion.authorities";

    /**
     * As the driver makes it.
     *
     * @throws GeneralSecurityException when the authorities are no certificates in PEM
     */
    public TrustedAuthorities(Properties connection) throws GeneralSecurityException, IOException {
        String authorities = connection.getProperty(PROPERTY, "");
        factory = authorities.isEmpty() ? (SSLSocketFactory) SSLSocketFactory.getDefault() : trusting(authorities);
    }

    private static SSLSocketFactory trusting(String authorities) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        var pem = new ByteArrayInputStream(authorities.getBytes(StandardCharsets.US_ASCII));
        for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
            trusted.setCertificateEntry("authority " + trusted.size(), each);
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory();
    }
}
