package dev.darkroom.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Stands in for the server's jar: takes its command line and environment, and completes whatever
/// it is given with the counts of the system property `fake.uploads`, one upload after the other:
/// `done,failed,ignored,generated` between slashes. With `fake.dies` it ends before it is ready.
final class FakeServerMain {

  private FakeServerMain() {}

  public static void main(String[] arguments) throws IOException {
    List<String> line = List.of(arguments);
    if (Boolean.getBoolean("fake.dies")) {
      System.out.println("the disk is full\u001b[2J");
      System.exit(3);
    }
    if (!line.getFirst().equals("serve")) throw new IllegalArgumentException(line.toString());
    if (!option(line, "--allow-address").matches("127\\.0\\.0\\.1/32:[1-9][0-9]*")) {
      throw new IllegalArgumentException(line.toString());
    }
    if (System.getenv("DARKROOM_DATABASE_URL") != null) {
      throw new IllegalArgumentException("not a server of its own");
    }
    Path data = Files.createDirectories(Path.of(option(line, "--data")));
    Files.writeString(data.resolve("home"), System.getProperty("darkroom.home"));
    var image = new JsonObject();
    image.put("image_name", "seas/0001.jpg");
    image.put("caption", "{\"short_description\": \"A wide picture.\"}");
    image.put("image_url", "http://host/i/1?signature=s");
    image.put("thumbnail_url", "http://host/t/1?signature=s");
    int port = Integer.parseInt(option(line, "--port"));
    var _ =
        FakeDarkroom.startAt(port, System.getenv("DARKROOM_TOKEN"), Statuses.answers(results()))
            .withImages(JsonArray.from(image));
  }

  private static JsonObject[] results() {
    return Stream.of(System.getProperty("fake.uploads").split("/", -1))
        .map(upload ->
            result(Stream.of(upload.split(",", -1)).mapToInt(Integer::parseInt).toArray()))
        .toArray(JsonObject[]::new);
  }

  private static JsonObject result(int[] counts) {
    int done = counts[0];
    int failed = counts[1];
    var status = Statuses.status("completed", "finished", 100).with(done + failed, done, failed);
    for (int i = 0; i < failed; i++) status.failedImage("bad-" + i, 422, "image.corrupt", "Bad.");
    for (int i = 0; i < counts[2]; i++) status.ignored("t" + i, "text");
    return status.captions(counts[3], done - counts[3]).json();
  }

  private static String option(List<String> line, String name) {
    return line.get(line.indexOf(name) + 1);
  }
}
