package dev.bastion.app.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;

/** The reader of a file that holds one secret. Nothing that it reports shows what the file holds. */
final class SecretFile {
    static final int MAX_BYTES = 65_536;

    private SecretFile() {}

    /**
     * The content without the line ends at its end.
     *
     * @throws UnusableSetting when there is no such file, or it cannot be a secret's
     */
    static String read(String name) {
        Path file = Path.of(name);
        if (Files.isDirectory(file)) {
            throw new UnusableSetting("is the directory " + name + "; write the path of the file in it");
        }
        if (Files.notExists(file)) {
            throw new UnusableSetting("is " + name + ", which does not exist; create the file or correct the path");
        }
        byte[] content = content(file);
        if (content.length > MAX_BYTES) {
            throw new UnusableSetting("is " + name + ", which has more than " + MAX_BYTES
                    + " bytes, so it is not the file of a secret; correct the path");
        }
        String secret = withoutLineEnd(text(content, name));
        if (secret.isBlank()) {
            throw new UnusableSetting("is " + name + ", which is empty; write the secret into it");
        }
        return secret;
    }

    private static byte[] content(Path file) {
        try (InputStream stream = Files.newInputStream(file)) {
            return stream.readNBytes(MAX_BYTES + 1);
        } catch (IOException _) {
            throw new UnusableSetting(
                    "is " + file + ", which cannot be read; let the user that runs the service read the file");
        }
    }

    private static String text(byte[] content, String name) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException _) {
            throw new UnusableSetting("is " + name + ", which is not text; write the secret itself into it");
        }
    }

    static String withoutLineEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Whether every user of this machine may read it; no where the file system does not say. */
    static boolean isWorldReadable(String name) {
        try {
            return Files.getPosixFilePermissions(Path.of(name)).contains(PosixFilePermission.OTHERS_READ);
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }
}
