package dev.bastion.apply;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A local AWS emulator with a bucket for states. */
final class Emulator implements AutoCloseable {
    static final String BUCKET = "example-state";

    private final Process process;
    private final URI address;
    private final HttpClient http = HttpClient.newHttpClient();

    private Emulator(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static Emulator start() throws IOException, InterruptedException {
        String python = Optional.ofNullable(System.getenv("BASTION_MOTO"))
                .orElseThrow(() -> new AssertionError(
                        "BASTION_MOTO does not name a python that can import moto; ./bastion verify sets it"));
        Path shim = Path.of("../sandbox/src/main/resources/emulator/moto_shim.py");
        Process process = new ProcessBuilder(python, shim.toString(), "--port", "0")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = reader.readLine();
        if (line == null || !line.startsWith("ready ")) {
            process.destroy();
            throw new AssertionError("the emulator did not start: " + line);
        }
        Emulator emulator = new Emulator(process, URI.create(line.substring("ready ".length())));
        emulator.reset();
        return emulator;
    }

    /** Resets the emulator to an empty bucket. */
    void reset() throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve("/moto-api/reset")).POST(HttpRequest.BodyPublishers.noBody()));
        put(
                BUCKET,
                "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>");
    }

    URI address() {
        return address;
    }

    /** Writes an object, or creates a bucket. */
    void put(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(address.resolve("/" + path))
                .header("Authorization", credential("s3"))
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
        if (answer.statusCode() != 200) {
            throw new AssertionError("PUT " + path + ": " + answer.statusCode() + " " + answer.body());
        }
    }

    void delete(String path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(address.resolve("/" + path))
                .header("Authorization", credential("s3"))
                .DELETE());
    }

    boolean has(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address.resolve("/" + path))
                                .header("Authorization", credential("s3"))
                                .GET())
                        .statusCode()
                == 200;
    }

    /** Calls EC2 and returns the first value of an element. */
    String ec2(String expected, String element) throws IOException, InterruptedException {
        String body = send(HttpRequest.newBuilder(address)
                        .header("Authorization", credential("ec2"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(expected + "&Version=2016-11-15")))
                .body();
        Matcher value = Pattern.compile("<" + element + ">([^<]+)<").matcher(body);
        if (!value.find()) {
            throw new AssertionError(expected + ": " + body);
        }
        return value.group(1);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String credential(String service) {
        return "AWS4-HMAC-SHA256 Credential=test/20260115/eu-west-1/" + service
                + "/aws4_request, SignedHeaders=host, Signature=x";
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
        http.close();
    }
}
