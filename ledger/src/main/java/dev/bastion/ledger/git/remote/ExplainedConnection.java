package dev.bastion.ledger.git.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.transport.http.JDKHttpConnection;

/**
 * An HTTP connection that fails at a 403 with the server's own words. JGit says only that the service is not permitted; the
 * body says why: single sign-on, an archived repository, a missing permission.
 */
final class ExplainedConnection extends JDKHttpConnection {
    private static final int MAX_BYTES = 2048;
    private static final int MAX_LENGTH = 300;

    private final Opening opening;

    private ExplainedConnection(Opening opening) throws IOException, URISyntaxException {
        super(opening.address());
        this.opening = opening;
    }

    private ExplainedConnection(Opening opening, Proxy proxy) throws IOException, URISyntaxException {
        super(opening.address(), proxy);
        this.opening = opening;
    }

    static ExplainedConnection to(URL address) throws IOException {
        try {
            return new ExplainedConnection(new Opening(address));
        } catch (URISyntaxException e) {
            throw new IOException("not a valid address: " + address, e);
        }
    }

    static ExplainedConnection to(URL address, Proxy proxy) throws IOException {
        try {
            return new ExplainedConnection(new Opening(address), proxy);
        } catch (URISyntaxException e) {
            throw new IOException("not a valid address: " + address, e);
        }
    }

    @Override
    public int getResponseCode() throws IOException {
        int status = super.getResponseCode();
        Optional<String> words =
                status == HttpURLConnection.HTTP_FORBIDDEN ? opening.words() : Optional.<String>empty();
        if (words.isPresent()) {
            // any other exception makes JGit try again with another kind of authentication
            throw new TransportException("403 Forbidden: " + words.get());
        }
        return status;
    }

    /** The opening of the JDK's connection, which JGit's wrapper hides, and with it the body of an error. */
    private static final class Opening extends URLStreamHandler {
        private final URL plain;
        private HttpURLConnection opened;

        private Opening(URL plain) throws IOException {
            this.plain = plain;
            this.opened = (HttpURLConnection) plain.openConnection();
        }

        /** The same address, which opens connections here. */
        private URL address() throws IOException, URISyntaxException {
            return URL.of(plain.toURI(), this);
        }

        @Override
        protected URLConnection openConnection(URL address) {
            return opened;
        }

        @Override
        protected URLConnection openConnection(URL address, Proxy proxy) throws IOException {
            opened = (HttpURLConnection) plain.openConnection(proxy);
            return opened;
        }

        /** The body as one line; empty when there is none, or when it is a page. */
        private Optional<String> words() throws IOException {
            String type = Optional.ofNullable(opened.getContentType()).orElse("");
            try (InputStream body = opened.getErrorStream()) {
                if (body == null || !type.toLowerCase(Locale.ROOT).startsWith("text/plain")) {
                    return Optional.empty();
                }
                String line = new String(body.readNBytes(MAX_BYTES), UTF_8)
                        .replaceAll("[\\s\\p{Cntrl}]+", " ")
                        .strip();
                return line.isEmpty()
                        ? Optional.empty()
                        : Optional.of(line.length() <= MAX_LENGTH ? line : line.substring(0, MAX_LENGTH - 1) + "…");
            }
        }
    }
}
