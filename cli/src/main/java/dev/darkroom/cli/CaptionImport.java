package dev.darkroom.cli;

import com.grack.nanojson.JsonArray;
import com.grack.nanojson.JsonObject;
import com.grack.nanojson.JsonWriter;
import dev.darkroom.cli.FoundCaption.Matched;
import dev.darkroom.cli.FoundCaption.Unknown;
import dev.darkroom.cli.FoundCaption.Unusable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Sends the captions that have changed, one after the other.
final class CaptionImport {

  private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);
  private static final int LISTED = 20;

  private final Darkroom darkroom;
  private final long datasetId;
  private final Surroundings surroundings;
  private final boolean dryRun;
  private final List<Unusable> warned = new ArrayList<>();

  CaptionImport(Darkroom darkroom, long datasetId, Surroundings surroundings, boolean dryRun) {
    this.darkroom = darkroom;
    this.datasetId = datasetId;
    this.surroundings = surroundings;
    this.dryRun = dryRun;
  }

  /// @param warned captions that were taken, and what the server says of them
  record Outcome(
      long datasetId,
      boolean dryRun,
      int changed,
      int unchanged,
      List<Unknown> unknown,
      List<Unusable> refused,
      List<Unusable> warned) {

    boolean isWhole() {
      return unknown.isEmpty() && refused.isEmpty();
    }

    String json() {
      var json = new JsonObject();
      json.put("dataset_id", datasetId);
      json.put("dry_run", dryRun);
      json.put("changed", changed);
      json.put("unchanged", unchanged);
      json.put("unknown", new JsonArray(unknown.stream().map(Unknown::place).toList()));
      json.put("refused", reasons(refused));
      json.put("warned", reasons(warned));
      return JsonWriter.string(json);
    }

    private static JsonArray reasons(List<Unusable> places) {
      return new JsonArray(
          places.stream()
              .map(one ->
                  JsonObject.builder()
                      .value("place", one.place())
                      .value("reason", one.reason())
                      .done())
              .toList());
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add(
          "Dataset %d: %s%s changed, %d unchanged, %d unknown, %d refused."
              .formatted(
                  datasetId,
                  Human.count(changed, "caption"),
                  dryRun ? " would be" : "",
                  unchanged,
                  unknown.size(),
                  refused.size()));
      list("No image is called so:", unknown.stream().map(Unknown::place).toList(), lines);
      list("Refused:", texts(refused), lines);
      list("Taken, with a warning:", texts(warned), lines);
      return lines;
    }

    private static List<String> texts(List<Unusable> places) {
      return places.stream().map(one -> one.place() + "  " + one.reason()).toList();
    }

    private static void list(String heading, List<String> texts, List<String> lines) {
      if (texts.isEmpty()) return;
      lines.add("");
      lines.add(heading);
      texts.stream().limit(LISTED).map(text -> "  " + Printable.of(text)).forEach(lines::add);
      if (texts.size() > LISTED) {
        lines.add("  ... and %d more; --json has all.".formatted(texts.size() - LISTED));
      }
    }
  }

  Outcome run(List<FoundCaption> found) {
    var display = new CountDisplay("captions", surroundings);
    int changed = 0;
    int unchanged = 0;
    List<Unknown> unknown = new ArrayList<>();
    List<Unusable> refused = new ArrayList<>();
    int looked = 0;
    for (FoundCaption caption : found) {
      switch (caption) {
        case Unknown none -> unknown.add(none);
        case Unusable bad -> refused.add(bad);
        case Matched matched -> {
          if (!matched.changed()) unchanged++;
          else if (dryRun || send(matched, refused)) changed++;
        }
      }
      display.show(++looked, found.size());
    }
    display.clear();
    return new Outcome(datasetId, dryRun, changed, unchanged, unknown, refused, warned);
  }

  /// Whether the server took it. What concerns all captions alike, such as a dataset that is
  /// completed, ends the import.
  private boolean send(Matched caption, List<Unusable> refused) {
    try {
      warn(caption, put(caption));
      return true;
    } catch (CommandFailure.Refused refusal) {
      boolean ofThisOne =
          switch (refusal.status) {
            case 400, 404, 413, 422 -> true;
            default -> false;
          };
      if (!ofThisOne) throw refusal;
      refused.add(new Unusable(caption.place(), String.valueOf(refusal.getMessage())));
      return false;
    }
  }

  private Reply put(Matched caption) {
    var patience = new Patience(surroundings.pacing());
    var request = new JsonObject();
    request.put("caption", caption.text());
    String path = Darkroom.imagesPath(datasetId) + "/" + caption.image().id();
    while (true) {
      try {
        return darkroom.put(path, request);
      } catch (CommandFailure.Unreachable gone) {
        if (patience.isOver()) throw gone;
        patience.rest();
      } catch (CommandFailure.Refused refusal) {
        if (!refusal.passing() || patience.isOver()) throw refusal;
        surroundings.pacing().pause(refusal.retryAfter(USUAL_PAUSE));
      }
    }
  }

  private void warn(Matched caption, Reply reply) {
    for (Object warning : reply.object().getArray("caption_warnings", new JsonArray())) {
      warned.add(new Unusable(caption.place(), String.valueOf(warning)));
    }
  }
}
