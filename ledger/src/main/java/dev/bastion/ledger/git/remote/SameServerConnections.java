package dev.bastion.ledger.git.remote;

import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.util.Locale;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.transport.http.HttpConnection;
import org.eclipse.jgit.transport.http.HttpConnectionFactory;

/**
 * The HTTP connections to the remote's own server and to no other: JGit sends the service's token with each request, also
 * with one that follows a redirect. On the same server a redirect is what GitHub answers after a rename.
 */
final class SameServerConnections implements HttpConnectionFactory {
    private final String server;

    SameServerConnections(URIish remote) {
        this.server = server(remote.getScheme(), remote.getHost(), remote.getPort());
    }

    private static String server(String scheme, String host, int port) {
        int standard = scheme.equalsIgnoreCase("https") ? 443 : 80;
        return (scheme + "://" + host + ":" + (port > 0 ? port : standard)).toLowerCase(Locale.ROOT);
    }

    @Override
    public HttpConnection create(URL address) throws IOException {
        return ExplainedConnection.to(checked(address));
    }

    @Override
    public HttpConnection create(URL address, Proxy proxy) throws IOException {
        return ExplainedConnection.to(checked(address), proxy);
    }

    private URL checked(URL address) throws IOException {
        String target = server(address.getProtocol(), address.getHost(), address.getPort());
        if (!target.equals(server)) {
            throw new IOException("it redirected to " + target + ", and the service sends its token only to " + server
                    + "; if the repository moved there, change ledger.remote");
        }
        return address;
    }
}
