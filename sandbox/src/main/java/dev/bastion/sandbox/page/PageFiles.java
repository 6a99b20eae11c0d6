package dev.bastion.sandbox.page;

import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/** The page's static files, with a content security policy that allows no other source. */
final class PageFiles {
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    void serve(Context context, String file) throws IOException {
        if (!file.matches("[a-z]+\\.(html|css|js|svg)")) {
            throw new NotFoundResponse();
        }
        try (InputStream content = PageFiles.class.getResourceAsStream("/page/" + file)) {
            if (content == null) {
                throw new NotFoundResponse();
            }
            context.header("Cache-Control", "no-cache");
            context.header(
                    "Content-Security-Policy", "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'");
            context.contentType(String.valueOf(TYPES.get(file.substring(file.indexOf('.') + 1))))
                    .result(content.readAllBytes());
        }
    }
}
