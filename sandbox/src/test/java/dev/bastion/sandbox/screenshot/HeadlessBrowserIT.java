package dev.bastion.sandbox.screenshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Screenshots by a real Chromium. */
class HeadlessBrowserIT {
    private static final URI PAGE = URI.create("data:text/html,%3Cdiv%20id=box%20"
            + "style='position:absolute;left:40px;top:30px;width:100px;height:50px;background:red'%3E%3C/div%3E");

    @TempDir
    private Path folder;

    @Test
    void capturesAnElementWithItsMarginAndThePage() throws IOException {
        Path element = folder.resolve("element.png");
        Path page = folder.resolve("page.png");
        try (HeadlessBrowser browser = new HeadlessBrowser(System.getenv("PATH"), folder.resolve("profile"))) {
            browser.open(PAGE, 400, 300, 2);
            browser.until("the box", "document.querySelector('#box') !== null");
            browser.capture(element, "#box", 10);
            browser.capture(page);
        }

        BufferedImage box = ImageIO.read(element.toFile());
        assertThat(box.getWidth()).isEqualTo(240);
        assertThat(box.getHeight()).isEqualTo(140);
        assertThat(box.getRGB(5, 5)).isEqualTo(0xffffffff);
        assertThat(box.getRGB(120, 70)).isEqualTo(0xffff0000);
        assertThat(ImageIO.read(page.toFile()).getWidth()).isEqualTo(800);
    }

    @Test
    void saysWhatIsMissing() {
        assertThatThrownBy(() -> new HeadlessBrowser("/nowhere", folder.resolve("profile")))
                .isInstanceOf(ScreenshotException.class)
                .hasMessage("Chromium is not on the PATH; on Debian: apt-get install chromium");
    }
}
