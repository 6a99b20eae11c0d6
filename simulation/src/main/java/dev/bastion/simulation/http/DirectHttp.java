package dev.bastion.simulation.http;

import jakarta.servlet.Servlet;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;

/** A transport of OkHttp whose last interceptor asks a servlet and not the network. Calls need no time limit. */
public final class DirectHttp implements Interceptor, Consumer<OkHttpClient.Builder> {
    private final Servlet servlet;

    /** @param servlet answers before its {@code service} returns */
    public DirectHttp(Servlet servlet) {
        this.servlet = servlet;
    }

    @Override
    public void accept(OkHttpClient.Builder client) {
        client.callTimeout(Duration.ZERO).addInterceptor(this);
    }

    /** @throws IOException when the servlet fails */
    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        DirectResponse answer = new DirectResponse();
        try {
            servlet.service(DirectRequest.of(request, body(request)), answer.asServletResponse());
        } catch (ServletException e) {
            throw new IOException("the simulated server failed at " + request.url(), e);
        }
        return answer.to(request);
    }

    private static byte[] body(Request request) throws IOException {
        if (request.body() == null) {
            return new byte[0];
        }
        Buffer sent = new Buffer();
        request.body().writeTo(sent);
        return sent.readByteArray();
    }
}
