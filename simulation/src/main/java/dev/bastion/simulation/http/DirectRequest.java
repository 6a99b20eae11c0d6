package dev.bastion.simulation.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/** A request of OkHttp as a servlet reads it. It has what the sandbox's servers ask for; anything else is refused by name. */
final class DirectRequest {
    private final Request request;
    private final byte[] body;
    private final Map<String, Object> attributes = new HashMap<>();

    private DirectRequest(Request request, byte[] body) {
        this.request = request;
        this.body = body;
    }

    static HttpServletRequest of(Request request, byte[] body) {
        DirectRequest direct = new DirectRequest(request, body);
        return (HttpServletRequest) Proxy.newProxyInstance(
                DirectRequest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (_, method, given) -> direct.answer(method, given == null ? new Object[0] : given));
    }

    @SuppressWarnings("JdkObsolete") // getRequestURL answers a StringBuffer
    private @Nullable Object answer(Method method, Object[] given) {
        HttpUrl url = request.url();
        return switch (method.getName()) {
            case "getMethod" -> request.method();
            case "getScheme" -> url.scheme();
            case "getProtocol" -> "HTTP/1.1";
            case "getServerName", "getRemoteAddr", "getRemoteHost" -> url.host();
            case "getServerPort", "getRemotePort", "getLocalPort" -> url.port();
            case "getRequestURI", "getServletPath" -> url.encodedPath();
            case "getRequestURL" -> new StringBuffer(url.scheme() + "://" + host() + url.encodedPath());
            case "getContextPath" -> "";
            case "getPathInfo" -> null;
            case "getQueryString" -> url.encodedQuery();
            case "getHeader" -> header((String) given[0]).orElse(null);
            case "getHeaders" ->
                Collections.enumeration(header((String) given[0]).stream().toList());
            case "getHeaderNames" -> Collections.enumeration(request.headers().names());
            case "getContentType" -> contentType().orElse(null);
            case "getCharacterEncoding" -> null;
            case "getContentLength" -> body.length;
            case "getContentLengthLong" -> (long) body.length;
            case "getInputStream" -> new Body(body);
            case "getAttribute" -> attributes.get((String) given[0]);
            case "getAttributeNames" -> Collections.enumeration(attributes.keySet());
            case "setAttribute" -> attributes.put((String) given[0], given[1]);
            case "removeAttribute" -> attributes.remove((String) given[0]);
            case "getDispatcherType" -> DispatcherType.REQUEST;
            case "isAsyncStarted", "isAsyncSupported", "isSecure" -> false;
            case "getCookies" -> null;
            case "getSession" -> null;
            case "toString" -> request.toString();
            default -> throw new UnsupportedOperationException("a simulated request has no " + method.getName());
        };
    }

    private String host() {
        return request.url().host() + ":" + request.url().port();
    }

    private Optional<String> header(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "host" -> Optional.of(host());
            case "content-type" -> contentType();
            case "content-length" -> Optional.of(String.valueOf(body.length));
            default -> Optional.ofNullable(request.header(name));
        };
    }

    private Optional<String> contentType() {
        RequestBody sent = request.body();
        MediaType type = sent == null ? null : sent.contentType();
        return Optional.ofNullable(type)
                .map(MediaType::toString)
                .or(() -> Optional.ofNullable(request.header("Content-Type")));
    }

    private static final class Body extends ServletInputStream {
        private final ByteArrayInputStream bytes;

        private Body(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] into, int from, int length) {
            return bytes.read(into, from, length);
        }

        @Override
        public boolean isFinished() {
            return bytes.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("a simulated request is read by blocking calls");
        }
    }
}
