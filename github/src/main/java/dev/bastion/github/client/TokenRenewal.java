package dev.bastion.github.client;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/** An interceptor that repeats a request once with a new token when GitHub rejects the App's present one (401). */
final class TokenRenewal implements Interceptor {
    private static final String AUTHORIZATION = "Authorization";

    private final AccessTokens tokens;

    TokenRenewal(AccessTokens tokens) {
        this.tokens = tokens;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        Response response = chain.proceed(request);
        String sent = request.header(AUTHORIZATION);
        if (response.code() != 401 || sent == null || !tokens.discard(sent)) {
            return response;
        }
        response.close();
        return chain.proceed(request.newBuilder()
                .header(AUTHORIZATION, tokens.getEncodedAuthorization())
                .build());
    }
}
