package dev.bastion.github.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHRef;
import org.kohsuke.github.GitHub;

/**
 * REST calls on one repository that github-api cannot make, or not in one request; docs/adr/0011-the-github-client.md
 * has the list with the reasons. Paths start below {@code repos/{owner}/{name}}, one argument for each segment. Responses
 * are read into github-api's own types where they fit, detached from any connection: their getters send nothing.
 */
public final class RestCalls {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final Pattern NEXT = Pattern.compile("<([^<>]+)>\\s*;[^,<]*\\brel=\"next\"");
    private static final String PAGE_SIZE = "100";
    /** More than any real list has; a list that links to itself must end. */
    private static final int MAX_PAGES = 100;

    private final OkHttpClient http;
    private final HttpUrl api;
    private final AccessTokens tokens;
    private final GithubClient github;
    private final ObjectReader reader = GitHub.getMappingObjectReader();

    RestCalls(OkHttpClient http, HttpUrl api, AccessTokens tokens, GithubClient github) {
        this.http = http;
        this.api = api;
        this.tokens = tokens;
        this.github = github;
    }

    public JsonNode get(String... path) throws IOException {
        return send("GET", null, path);
    }

    /**
     * @param body becomes JSON; null for none
     * @return the response; JSON's null where there is none
     */
    public JsonNode send(String method, @Nullable Map<String, ?> body, String... path) throws IOException {
        try (Response response = exchange(method, address(path).build(), body)) {
            return read(response, JsonNode.class);
        }
    }

    /** All items of a list. */
    public <T> List<T> list(Class<T[]> type, String... path) throws IOException {
        return list(type, Map.of(), _ -> false, path);
    }

    /** The items of a list, page by page, up to the first page that satisfies {@code enough}. */
    public <T> List<T> list(Class<T[]> type, Map<String, String> query, Predicate<List<T>> enough, String... path)
            throws IOException {
        return listOf(github.repository().getFullName(), type, query, enough, path);
    }

    /** The same of another repository, like the fork that a pull request comes from. */
    public <T> List<T> listOf(
            String repository, Class<T[]> type, Map<String, String> query, Predicate<List<T>> enough, String... path)
            throws IOException {
        HttpUrl.Builder first = address(repository, path).addQueryParameter("per_page", PAGE_SIZE);
        query.forEach(first::addQueryParameter);
        return pages(type, first.build(), enough);
    }

    /** All items of a list that is no repository's: its path from the root, one argument for each segment. */
    <T> List<T> listAt(Class<T[]> type, String... path) throws IOException {
        HttpUrl.Builder first = api.newBuilder();
        for (String segment : path) {
            first.addPathSegment(segment);
        }
        return pages(type, first.addQueryParameter("per_page", PAGE_SIZE).build(), _ -> false);
    }

    /** The branches whose name starts with this. The route takes no size of a page; it may still link to a next one. */
    public List<GHRef> matchingBranches(String prefix) throws IOException {
        return pages(
                GHRef[].class, address(referencePath("matching-refs", prefix)).build(), _ -> false);
    }

    private <T> List<T> pages(Class<T[]> type, HttpUrl first, Predicate<List<T>> enough) throws IOException {
        List<T> all = new ArrayList<>();
        HttpUrl page = first;
        for (int read = 0; read < MAX_PAGES; read++) {
            try (Response response = exchange("GET", page, null)) {
                List<T> items = List.of(read(response, type));
                all.addAll(items);
                Matcher next = NEXT.matcher(response.header("Link", ""));
                if (!next.find() || enough.test(items)) {
                    return all;
                }
                page = next(page, next.group(1));
            }
        }
        throw GithubUnavailable.broken(new IOException("the list has no end: " + page));
    }

    private static HttpUrl next(HttpUrl page, String link) throws GithubUnavailable {
        HttpUrl url = page.resolve(link);
        if (url == null) {
            throw GithubUnavailable.broken(new IOException("the link to the next page is not an address: " + link));
        }
        return url;
    }

    /** The slashes of a branch's name separate segments of a reference's path. */
    public static String[] referencePath(String kind, String branch) {
        List<String> path = new ArrayList<>(List.of("git", kind, "heads"));
        path.addAll(Arrays.asList(branch.split("/")));
        return path.toArray(String[]::new);
    }

    private HttpUrl.Builder address(String... path) throws IOException {
        return address(github.repository().getFullName(), path);
    }

    private HttpUrl.Builder address(String repository, String... path) {
        HttpUrl.Builder url = api.newBuilder().addPathSegment("repos").addPathSegments(repository);
        for (String segment : path) {
            url.addPathSegment(segment);
        }
        return url;
    }

    private Response exchange(String method, HttpUrl url, @Nullable Map<String, ?> body) throws IOException {
        Request request = new Request.Builder()
                .url(url)
                .method(method, body == null ? null : json(body))
                .header("Authorization", tokens.getEncodedAuthorization())
                .header("Accept", "application/vnd.github+json")
                .header("X-GitHub-Api-Version", "2022-11-28")
                .build();
        return http.newCall(request).execute();
    }

    private static RequestBody json(Map<String, ?> body) {
        try {
            return RequestBody.create(GitHub.getMappingObjectWriter().writeValueAsBytes(body), JSON);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a request of texts and numbers always becomes JSON", e);
        }
    }

    /** @throws GithubUnavailable when the response is not GitHub's: a proxy answers in its place */
    private <T> T read(Response response, Class<T> type) throws IOException {
        ResponseBody body = response.body();
        String text = body == null ? "" : body.string();
        try {
            return reader.forType(type).readValue(text.isEmpty() ? "null" : text);
        } catch (JsonProcessingException e) {
            throw GithubUnavailable.broken(
                    new IOException("the response cannot be read: " + e.getOriginalMessage(), e));
        }
    }
}
