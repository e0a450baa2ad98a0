package dev.darkroom.measuring;

import dev.darkroom.caption.Captioner;
import dev.darkroom.caption.Captioning;
import dev.darkroom.caption.CheckedCaption;
import dev.darkroom.caption.FiboCaption;
import dev.darkroom.caption.Picture;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.failure.FailureException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// The captioner that needs nothing but this machine: it says what a picture measures, in words
/// that docs/measured-attributes.md defines. It invents nothing: of objects, people, text, mood and
/// setting it says nothing at all. The same pixels give the same caption on every machine.
public final class MeasuringCaptioner implements Captioner {

  /// Of the definitions. It changes whenever the same pixels would get other words.
  private static final int VERSION = 1;

  private static final VisualSchema NOTHING_FIXED = VisualSchema.of("{}");

  private final JsonMapper json = new JsonMapper();

  @Override
  public String author() {
    return "measuring " + VERSION;
  }

  /// Measuring is work for this machine's own cores.
  @Override
  public int concurrency() {
    return Runtime.getRuntime().availableProcessors();
  }

  @Override
  public void requireRefines() {
    throw needsVisionModel();
  }

  @Override
  public Captioning describe(Picture picture, VisualSchema schema) throws IOException {
    try {
      return new Captioning.Written(caption(picture, schema).json());
    } catch (UnreadableJpegException _) {
      return new Captioning.Failed(MeasuringFailure.PICTURE_UNREADABLE);
    }
  }

  @Override
  public Captioning describe(Picture picture, String prefix) throws IOException {
    try {
      String text = new MeasuredText(Measures.of(picture)).paragraph();
      return new Captioning.Written(behind(prefix) + text);
    } catch (UnreadableJpegException _) {
      return new Captioning.Failed(MeasuringFailure.PICTURE_UNREADABLE);
    }
  }

  @Override
  public Captioning shared(List<? extends Picture> pictures) throws IOException {
    List<FiboCaption> captions = new ArrayList<>();
    try {
      for (Picture picture : pictures) captions.add(caption(picture, NOTHING_FIXED));
    } catch (UnreadableJpegException _) {
      return new Captioning.Failed(MeasuringFailure.PICTURE_UNREADABLE);
    }
    return new Captioning.Written(VisualSchema.sharedBy(captions));
  }

  @Override
  public Captioning refine(
      String structuredPrompt,
      String instruction,
      VisualSchema schema,
      List<? extends Picture> pictures) {
    throw needsVisionModel();
  }

  private static FailureException needsVisionModel() {
    return new FailureException(MeasuringFailure.NEEDS_VISION_MODEL);
  }

  /// The prefix stands as it was given, parted from the text.
  private static String behind(String prefix) {
    boolean isParted =
        prefix.isEmpty() || Character.isWhitespace(prefix.charAt(prefix.length() - 1));
    return isParted ? prefix : prefix + " ";
  }

  private FiboCaption caption(Picture picture, VisualSchema schema)
      throws IOException, UnreadableJpegException {
    var caption = new MeasuredCaption(Measures.of(picture));
    return switch (schema.impose(json.writeValueAsString(caption.fields()))) {
      case CheckedCaption.Valid(FiboCaption valid) -> valid;
      case CheckedCaption.Departing(var departures) ->
          throw new IllegalStateException("a measured caption departs: " + departures);
    };
  }
}
