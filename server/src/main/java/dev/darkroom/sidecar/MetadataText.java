package dev.darkroom.sidecar;

import dev.darkroom.sidecar.MetadataFile.Fault;
import dev.darkroom.sidecar.MetadataFile.MetadataRows;
import dev.darkroom.sidecar.MetadataFile.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads the rows of a metadata file in the form of Hugging Face's image folders: each has a
/// `file_name` and a `text`, whatever else it has. Lines that are no such row are counted, and the
/// others are read all the same. For one file and one thread.
final class MetadataText {

  private static final String FILE_NAME = "file_name";
  private static final String TEXT = "text";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Empty lines are counted, so that faults have the right number.
  private static final CSVFormat CSV = CSVFormat.DEFAULT.builder().setIgnoreEmptyLines(false).get();

  private final CaptionCheck captions;
  private final List<Row> rows = new ArrayList<>();
  private int faults;
  private @Nullable Fault firstFault;

  /// Tells whether a line's text can be a caption.
  @FunctionalInterface
  interface CaptionCheck {
    ProvidedCaption check(long line, String text);
  }

  private MetadataText(CaptionCheck captions) {
    this.captions = captions;
  }

  /// One JSON object in each line.
  static MetadataRows jsonLines(String text, CaptionCheck captions) {
    var metadata = new MetadataText(captions);
    long number = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      number++;
      if (!line.isBlank()) metadata.jsonLine(number, line);
    }
    return metadata.rows();
  }

  /// Comma-separated values (RFC 4180), the names of the columns first.
  static MetadataRows csv(String text, CaptionCheck captions) {
    var metadata = new MetadataText(captions);
    try (var parser = CSVParser.parse(text, CSV)) {
      metadata.csv(parser);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return metadata.rows();
  }

  private MetadataRows rows() {
    return new MetadataRows(rows, faults, firstFault);
  }

  private void jsonLine(long number, String line) {
    JsonNode object = json(line);
    if (object == null || !object.isObject()) {
      fault(number, "is no JSON object");
    } else if (!object.path(FILE_NAME).isString()) {
      fault(number, "has no string file_name");
    } else if (!object.path(TEXT).isString()) {
      fault(number, "has no string text");
    } else {
      add(number, object.get(FILE_NAME).stringValue(), object.get(TEXT).stringValue());
    }
  }

  private static @Nullable JsonNode json(String line) {
    try {
      return JSON.readTree(line);
    } catch (JacksonException notJson) {
      return null;
    }
  }

  private void csv(CSVParser parser) {
    var records = parser.iterator();
    long line = 1;
    try {
      List<String> columns = records.hasNext() ? columns(records.next()) : List.of();
      if (columns.isEmpty()) return;
      line = parser.getCurrentLineNumber() + 1;
      while (records.hasNext()) {
        csvRow(line, columns, records.next());
        line = parser.getCurrentLineNumber() + 1;
      }
    } catch (UncheckedIOException badQuotes) {
      fault(line, "has quotes that do not match, and nothing from there on is read");
    }
  }

  /// The names of the columns; none where the file does not give captions.
  private List<String> columns(CSVRecord names) {
    List<String> columns = names.toList().stream().map(String::strip).toList();
    if (columns.contains(FILE_NAME) && columns.contains(TEXT)) return columns;
    fault(1, "does not name the columns file_name and text, with a comma between them");
    return List.of();
  }

  private void csvRow(long line, List<String> columns, CSVRecord values) {
    if (isBlankLine(values)) return;
    if (values.size() != columns.size()) {
      fault(
          line,
          "has %d values for %d columns; a text with commas needs quotes around it"
              .formatted(values.size(), columns.size()));
      return;
    }
    add(line, values.get(columns.indexOf(FILE_NAME)), values.get(columns.indexOf(TEXT)));
  }

  private void add(long line, String fileName, String text) {
    rows.add(new Row(line, fileName, captions.check(line, text)));
  }

  private static boolean isBlankLine(CSVRecord values) {
    return values.size() == 1 && values.get(0).isBlank();
  }

  private void fault(long line, String what) {
    faults++;
    if (firstFault == null) firstFault = new Fault(line, what);
  }
}
