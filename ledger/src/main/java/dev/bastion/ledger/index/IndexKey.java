package dev.bastion.ledger.index;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret of one user on one machine that authenticates the indexes that this user wrote. It lies outside every clone: anyone
 * who hands over a clone can put any file into it, and no checksum of that file says who wrote it.
 */
public final class IndexKey {
    static final int MAC_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final Logger LOG = LoggerFactory.getLogger(IndexKey.class);

    private final SecretKeySpec secret;

    private IndexKey(byte[] bytes) {
        this.secret = new SecretKeySpec(bytes, ALGORITHM);
    }

    /** The key of a file, which is made if there is none; empty when it cannot be read or made. */
    public static Optional<IndexKey> of(Path file) {
        try {
            return read(Files.exists(file, LinkOption.NOFOLLOW_LINKS) ? file : made(file));
        } catch (IOException | UnsupportedOperationException e) {
            LOG.atDebug().addKeyValue("file", file).setCause(e).log("index.no-key");
            return Optional.empty();
        }
    }

    private static Optional<IndexKey> read(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != KEY_BYTES) {
            return Optional.empty();
        }
        return Optional.of(new IndexKey(Files.readAllBytes(file)));
    }

    private static Path made(Path file) throws IOException {
        byte[] bytes = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (SeekableByteChannel out = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly())) {
            out.write(ByteBuffer.wrap(bytes));
        } catch (FileAlreadyExistsException _) {
            // another process was faster; until its key is whole, nothing is indexed
            LOG.debug("index.key-made-elsewhere");
        }
        return file;
    }

    private static FileAttribute<?>[] ownerOnly() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }

    /** A new authenticator of bytes. */
    Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
