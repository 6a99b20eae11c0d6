package dev.bastion.simulation.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;

/** What a servlet answers, as OkHttp takes it. It has what the sandbox's servers use; anything else is refused by name. */
final class DirectResponse {
    private final Headers.Builder headers = new Headers.Builder();
    private final Written body = new Written();
    private int status = 200;

    HttpServletResponse asServletResponse() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                DirectResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (_, method, given) -> answer(method, given == null ? new Object[0] : given));
    }

    private @Nullable Object answer(Method method, Object[] given) {
        switch (method.getName()) {
            case "setStatus" -> status = (int) given[0];
            case "setHeader" -> headers.set((String) given[0], String.valueOf(given[1]));
            case "addHeader" -> headers.add((String) given[0], String.valueOf(given[1]));
            case "setContentType" -> headers.set("Content-Type", String.valueOf(given[0]));
            case "setCharacterEncoding", "setContentLength", "setContentLengthLong", "flushBuffer" -> {
                // the body says it
            }
            default -> {
                return read(method, given);
            }
        }
        return null;
    }

    private @Nullable Object read(Method method, Object[] given) {
        return switch (method.getName()) {
            case "getStatus" -> status;
            case "getHeader" -> headers.get((String) given[0]);
            case "getHeaders" -> headers.build().values((String) given[0]);
            case "getHeaderNames" -> headers.build().names();
            case "containsHeader" -> headers.get((String) given[0]) != null;
            case "getContentType" -> headers.get("Content-Type");
            case "getCharacterEncoding" -> "UTF-8";
            case "isCommitted" -> false;
            case "getOutputStream" -> body;
            case "toString" -> List.of(status, headers.build()).toString();
            default -> throw new UnsupportedOperationException("a simulated response has no " + method.getName());
        };
    }

    Response to(Request request) {
        String type = headers.get("Content-Type");
        return new Response.Builder()
                .request(request)
                .protocol(Protocol.HTTP_1_1)
                .code(status)
                .message("")
                .headers(headers.build())
                .body(ResponseBody.create(body.bytes.toByteArray(), type == null ? null : MediaType.parse(type)))
                .build();
    }

    private static final class Written extends ServletOutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public void write(int octet) {
            bytes.write(octet);
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes.write(from, offset, length);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("a simulated response is written by blocking calls");
        }
    }
}
