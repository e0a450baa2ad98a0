package dev.darkroom.vision;

import dev.darkroom.caption.VisualSchema;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a vision model is told, in words.
final class Prompts {

  /// For all JSON captions; the schema gives their names and types, this what belongs in them.
  static final String CAPTION_ROLE =
      """
      You describe pictures for a collection that an image model learns from.
      Reply with one JSON object and nothing else: no remark before or after it.
      Write plain English. Say what can be seen, precisely. Do not guess at what cannot be seen, and never at who a person is.

      The fields:
      short_description: the whole picture in one paragraph, at most 200 words.
      objects: what matters most in it, five at most, the most important first; an empty list where there are none.
        description: what it is, in enough detail to draw it. location: where in the picture, such as "lower left".
        relationship: how it stands to the other objects. relative_size: how much of the picture it fills.
        shape_and_color: its form and colours. texture: its surface. appearance_details: marks, patterns, parts worth a word.
        number_of_objects: how many there are where it is a group of the same, else null.
        orientation: which way it faces.
        pose, expression, clothing, action, gender, skin_tone_and_texture: of people and animals, as far as the picture shows it; else null.
      background_setting: the place and what lies behind the objects.
      lighting: conditions (the kind of light), direction (where it comes from), shadows (how they fall, or null).
      aesthetics: composition (how the picture is arranged), color_scheme (its colours as a whole), mood_atmosphere (its mood).
      photographic_characteristics: depth_of_field, focus, camera_angle and lens_focal_length, as they look; null where it is no photograph.
      style_medium: such as photograph, oil painting, vector illustration.
      artistic_style: three words at most, such as realistic.
      context: what kind of picture this is and what it may be for.
      text_render: each text that can be read in the picture, word for word, with location, size, color and font; an empty list where there is none.
      """;

  private static final String TEXT_ROLE =
      """
      You write captions for a collection that an image model learns from.
      Reply with the caption and nothing else: one paragraph of plain English, two to four sentences, at most 120 words.
      Use no heading, no list, no markdown and no quotation marks around it.
      Begin with what the picture shows, then say how it is arranged, lit and coloured, and what kind of picture it is.
      Say what can be seen. Do not guess at what cannot be seen, and never at who a person is.
      """;

  private static final String SHARED_ROLE =
      """
      You compare pictures of one collection by their descriptions.
      Reply with one JSON object and nothing else: what all of the pictures have in common, and nothing that is true of some only.
      Use these keys where all pictures agree, each with a short text that is true of every one of them, and leave out the others:
      background_setting, lighting.conditions, lighting.direction, lighting.shadows, aesthetics.composition, aesthetics.color_scheme,
      aesthetics.mood_atmosphere, photographic_characteristics.depth_of_field, photographic_characteristics.focus,
      photographic_characteristics.camera_angle, photographic_characteristics.lens_focal_length, style_medium,
      artistic_style (three words at most), context.
      A subject that all of them show, or anything else that they share, goes under a key of your own with a text, such as "subject".
      Do not use the keys short_description, objects and text_render: they are of one picture each.
      """;

  private static final String REFINE_ROLE =
      CAPTION_ROLE
          + """

          You are given such a JSON object, which describes a picture that is to be made, and an instruction how to change it.
          Change what the instruction asks for and what follows from that; keep all the rest word for word.
          """;

  private Prompts() {}

  static String captionText(VisualSchema schema) {
    return "Describe this picture." + known(schema);
  }

  static String textRole(String prefix) {
    return prefix.isBlank()
        ? TEXT_ROLE
        : TEXT_ROLE
            + """
            The words "%s" will be put before what you write. Write what goes on from there, and do not repeat them.
            """
                .formatted(prefix.strip());
  }

  static String textText() {
    return "Write the caption of this picture.";
  }

  static String sharedRole() {
    return SHARED_ROLE;
  }

  static String sharedText(List<String> captions) {
    return IntStream.range(0, captions.size())
        .mapToObj(i -> "Picture %d: %s".formatted(i + 1, captions.get(i)))
        .collect(Collectors.joining("\n", "The descriptions as JSON, a line each:\n", "\n"));
  }

  static String refineRole() {
    return REFINE_ROLE;
  }

  static String refineText(String structuredPrompt, String instruction, VisualSchema schema) {
    return "The object:\n%s\n\nThe instruction:\n%s\n".formatted(structuredPrompt, instruction)
        + known(schema);
  }

  /// What holds for every picture of the dataset.
  private static String known(VisualSchema schema) {
    var fixed =
        schema.fixed().entrySet().stream().map(e -> e.getKey() + ": " + e.getValue()).toList();
    return listed("True of every picture of this collection:", schema.contextLines())
        + listed("These fields have these values, word for word:", fixed);
  }

  private static String listed(String heading, List<String> lines) {
    return lines.isEmpty() ? "" : "\n\n" + heading + "\n- " + String.join("\n- ", lines);
  }

  /// For a server that cannot hold the model to a schema. The schema is one line.
  static String schema(String schema) {
    return "\n\nThe JSON object must be valid under this JSON schema:\n" + schema + "\n";
  }

  static String correction(String problem) {
    return "That reply cannot be used. %s Reply again, with the whole of it and nothing else."
        .formatted(problem);
  }
}
