package dev.darkroom.bulkupload;

import static dev.darkroom.archive.TestEntry.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.TestServer;
import dev.darkroom.archive.TestZip;
import dev.darkroom.archive.ZipServer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BulkUploadTest {

  private static TestServer server;
  private static UploadClient client;

  @BeforeAll
  static void start() {
    server = TestServer.start(Map.of("darkroom.fetch.allow-addresses", "127.0.0.1/32"));
    client = new UploadClient(server);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void turnsAZipIntoADataset() throws IOException {
    var zip =
        TestZip.with(
            file("shoot/001.jpg", jpeg(1100, 1024)),
            file("shoot/002.jpg", jpeg(900, 1200)),
            file("shoot/cut.jpg", java.util.Arrays.copyOf(jpeg(1024, 1024), 9000)),
            file("readme.txt", "hello"));
    long dataset = client.dataset("fibo");
    try (var source = ZipServer.serving(zip)) {
      var status = client.upload(dataset, source.url());
      System.out.println(status.toPrettyString());
      assertThat(status.get("status").asString()).isEqualTo("completed");
      assertThat(client.images(dataset)).hasSize(1);
      System.out.println(client.images(dataset).toPrettyString());
    }
  }

  static byte[] jpeg(int width, int height) throws IOException {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var g = image.createGraphics();
    for (int i = 0; i < 40; i++) {
      g.setColor(new Color(i * 5 % 255, i * 17 % 255, i * 31 % 255));
      g.fillOval(i * 37 % width, i * 53 % height, 200, 150);
    }
    g.dispose();
    var out = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", out);
    return out.toByteArray();
  }
}
