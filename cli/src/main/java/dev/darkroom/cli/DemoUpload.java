package dev.darkroom.cli;

import com.grack.nanojson.JsonObject;
import dev.darkroom.samples.LoopbackFileServer;
import dev.darkroom.samples.SampleArchive;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// One upload of the demo: an archive of sample pictures, the kind of dataset that it goes into,
/// and a check that it comes to exactly what it must.
final class DemoUpload {

  /// The two kinds of dataset, with what all captions of one share.
  enum Kind {
    FIBO(
        "Demo",
        "fibo",
        "visual_schema",
        """
        {"style_medium": "picture made by code", "collection": "the sample pictures of Darkroom"}\
        """),
    /// A project holds datasets of one kind only.
    LEGACY("Demo (Legacy)", "max", "caption_prefix", "Sample picture. ");

    private final String project;
    private final String trainingVersion;
    private final String sharedField;
    private final String shared;

    Kind(String project, String trainingVersion, String sharedField, String shared) {
      this.project = project;
      this.trainingVersion = trainingVersion;
      this.sharedField = sharedField;
      this.shared = shared;
    }

    private SampleArchive.Expected write(Path zip, int images, long seed) throws IOException {
      return switch (this) {
        case FIBO -> SampleArchive.write(zip, images, seed);
        case LEGACY -> SampleArchive.writeWithTexts(zip, images, seed);
      };
    }
  }

  private final Kind kind;
  private final URI zip;
  private final SampleArchive.Expected expected;
  private final long bytes;

  private DemoUpload(Kind kind, URI zip, SampleArchive.Expected expected, long bytes) {
    this.kind = kind;
    this.zip = zip;
    this.expected = expected;
    this.bytes = bytes;
  }

  /// Makes the archive in the folder, and serves it until the clean-up.
  static DemoUpload prepare(Kind kind, Path folder, Pictures pictures, Cleanup cleanup)
      throws Exception {
    Path file = folder.resolve(kind.name().toLowerCase(Locale.ROOT) + ".zip");
    var expected = kind.write(file, pictures.images(), pictures.seed());
    LoopbackFileServer files = cleanup.open(() -> LoopbackFileServer.start(file));
    return new DemoUpload(kind, files.uri(), expected, Files.size(file));
  }

  /// How many good pictures an archive has, and which.
  record Pictures(int images, long seed) {}

  int zipPort() {
    return zip.getPort();
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%s: a ZIP of %.1f MB with %d pictures; %d more in it must be refused.",
        kind,
        bytes / 1e6,
        expected.done(),
        expected.failed());
  }

  /// Makes the dataset, starts the upload and gives the dataset's id.
  long start(Darkroom darkroom, PatientRequests requests) {
    long datasetId =
        new Workspace(requests).newDataset(kind.project, "Sample pictures", kind.trainingVersion);
    var shared = new JsonObject();
    shared.put(kind.sharedField, kind.shared);
    var _ = darkroom.put("/tailored-gen/datasets/" + datasetId, shared);
    var upload = new JsonObject();
    upload.put("zip_url", zip.toString());
    upload.put("automatic_captioning", kind == Kind.LEGACY);
    var _ = requests.post(Darkroom.bulkUploadPath(datasetId), upload);
    return datasetId;
  }

  /// What is different from what the samples make; empty where all is as it must be.
  List<String> differences(UploadStatus status) {
    return differences(status, expected);
  }

  static List<String> differences(UploadStatus status, SampleArchive.Expected expected) {
    List<String> differences = new ArrayList<>();
    if (status.state() != UploadStatus.State.COMPLETED) {
      differences.add("the upload ended %s.".formatted(status.state()));
    }
    var counts = status.counts();
    differ("done", counts.done(), expected.done(), differences);
    differ("failed", counts.failed(), expected.failed(), differences);
    differ("ignored", counts.ignored(), expected.ignored(), differences);
    differ("captions.done", status.captions().done(), expected.generated(), differences);
    return differences;
  }

  private static void differ(String name, int actual, int expected, List<String> differences) {
    if (actual == expected) return;
    differences.add("%s is %d where the samples make %d.".formatted(name, actual, expected));
  }
}
