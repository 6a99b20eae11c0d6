package dev.bastion.benchmarks.subject;

import dev.bastion.access.grant.CommitId;
import dev.bastion.ledger.git.signature.CommitSigner;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;

/**
 * A {@link GrantHistory} with the same commits in another form: each reversion names the id of the commit that opened its grant,
 * and where a signer is given, the service's commits have its signature. git rewrites and signs one commit at a time, and
 * fast-import can do neither, so they are written as a pack.
 */
public final class RewrittenHistory {
    private static final int COMMIT = 1;
    private static final String MARKER = "Bastion-Action: ";

    private static final String OPENING = MARKER + "open\n";
    private static final Pattern REVERTS = Pattern.compile("(?<=\nReverts: )[0-9a-f]{40}");

    private final Optional<CommitSigner> signer;
    private final Map<String, String> openings = new HashMap<>();
    private final MessageDigest sha1 = sha1();
    private String parent = "";

    private RewrittenHistory(Optional<CommitSigner> signer) {
        this.signer = signer;
    }

    /** Signs the service's commits of the branch {@code main} of a repository. */
    public static void sign(Path repository, CommitSigner signer) throws IOException, InterruptedException {
        rewrite(repository, Optional.of(signer));
    }

    /** Puts the ids of opening commits in the place of {@link #placeholder}. */
    static void resolve(Path repository) throws IOException, InterruptedException {
        rewrite(repository, Optional.empty());
    }

    /** What stands for the id of a commit that is not known yet: its number on the branch, from 1. */
    static CommitId placeholder(int number) {
        return new CommitId("%040x".formatted(number));
    }

    private static void rewrite(Path repository, Optional<CommitSigner> signer)
            throws IOException, InterruptedException {
        GitCommand git = new GitCommand(repository);
        Path ids = repository.resolve("ids");
        Files.writeString(ids, git.run("rev-list", "--reverse", "--first-parent", "main") + "\n");
        int commits;
        try (var lines = Files.lines(ids)) {
            commits = Math.toIntExact(lines.count());
        }
        Path pack = repository.resolve("objects/pack/rewritten.pack");
        RewrittenHistory history = new RewrittenHistory(signer);
        history.write(repository, ids, commits, pack);
        git.run("index-pack", pack.toString());
        git.run("update-ref", "refs/heads/main", history.parent);
        git.run("repack", "-adq");
        Files.delete(ids);
    }

    private void write(Path repository, Path ids, int commits, Path pack) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("git", "cat-file", "--batch")
                .directory(repository.toFile())
                .redirectInput(ids.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        MessageDigest trailer = sha1();
        try (OutputStream file = new BufferedOutputStream(Files.newOutputStream(pack));
                DataInputStream objects = new DataInputStream(process.getInputStream())) {
            DigestOutputStream out = new DigestOutputStream(file, trailer);
            out.write("PACK".getBytes(StandardCharsets.US_ASCII));
            out.write(HexFormat.of().parseHex("00000002%08x".formatted(commits)));
            for (int number = 1; number <= commits; number++) {
                Known known = next(objects);
                add(out, rewritten(known.content()));
                if (known.content().contains(OPENING)) {
                    openings.put(known.id(), parent);
                    openings.put(placeholder(number).value(), parent);
                }
            }
            file.write(trailer.digest());
        }
        process.waitFor();
    }

    private record Known(String id, String content) {}

    /** The next object that {@code git cat-file --batch} prints. */
    private static Known next(DataInputStream objects) throws IOException {
        StringBuilder header = new StringBuilder();
        for (int each = objects.read(); each != '\n'; each = objects.read()) {
            if (each < 0) {
                throw new IOException("git cat-file printed less than the history has");
            }
            header.append((char) each);
        }
        byte[] commit = objects.readNBytes(Integer.parseInt(header.substring(header.lastIndexOf(" ") + 1)));
        objects.skipNBytes(1);
        return new Known(header.substring(0, header.indexOf(" ")), new String(commit, StandardCharsets.UTF_8));
    }

    /** The commit on its rewritten parent, signed if it is the service's. */
    private byte[] rewritten(String commit) {
        String moved = commit.replaceFirst("\nparent [0-9a-f]{40}", parent.isEmpty() ? "" : "\nparent " + parent);
        moved = REVERTS.matcher(moved).replaceFirst(named -> openings.getOrDefault(named.group(), named.group()));
        byte[] bytes = moved.getBytes(StandardCharsets.UTF_8);
        if (signer.isEmpty() || !moved.contains(MARKER)) {
            return bytes;
        }
        int end = moved.indexOf("\n\n");
        String signature = signer.get().sign(bytes).armored().replace("\n", "\n ");
        return (moved.substring(0, end) + "\ngpgsig " + signature + moved.substring(end))
                .getBytes(StandardCharsets.UTF_8);
    }

    private void add(OutputStream pack, byte[] commit) throws IOException {
        sha1.update(("commit " + commit.length + "\0").getBytes(StandardCharsets.US_ASCII));
        parent = HexFormat.of().formatHex(sha1.digest(commit));
        int rest = commit.length >> 4;
        int first = (COMMIT << 4) | (commit.length & 0xf);
        while (rest > 0) {
            pack.write(first | 0x80);
            first = rest & 0x7f;
            rest >>= 7;
        }
        pack.write(first);
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(deflated)) {
            out.write(commit);
        }
        pack.write(deflated.toByteArray());
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
