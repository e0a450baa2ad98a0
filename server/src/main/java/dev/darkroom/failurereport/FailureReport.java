package dev.darkroom.failurereport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.bulkupload.BulkUploadStatus.FailedImage;
import dev.darkroom.bulkupload.BulkUploadStatuses;
import dev.darkroom.rendering.Rendering;
import dev.darkroom.rendering.Renderings;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.springframework.stereotype.Component;

/// The images of an upload that failed, with what to do about each, as a table for a spreadsheet
/// (RFC 4180).
@Component
public final class FailureReport {

  public static final String MEDIA_TYPE = "text/csv;charset=UTF-8";

  private static final String[] COLUMNS = {
    "filename", "error_code", "type", "error_message", "what_to_do"
  };

  /// Without it Excel takes the text for one in the code page of the machine.
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /// In quotes, every text stays one cell, whatever separates the cells of a spreadsheet's
  /// language.
  private static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.NON_NUMERIC).setHeader(COLUMNS).get();

  private final BulkUploadStatuses statuses;
  private final Renderings renderings;

  FailureReport(BulkUploadStatuses statuses, Renderings renderings) {
    this.statuses = statuses;
    this.renderings = renderings;
  }

  /// None where the upload is gone.
  public Optional<Rendering> render(long uploadId) {
    return renderings.inTurn(() ->
        statuses.read(
            uploadId,
            (_, status) ->
                Rendering.of(out -> write(Objects.requireNonNull(status.failedImages()), out))));
  }

  private static void write(Iterable<FailedImage> failed, OutputStream out) {
    try {
      var text = new OutputStreamWriter(out, UTF_8);
      text.append(BYTE_ORDER_MARK);
      var csv = new CSVPrinter(text, CSV);
      for (FailedImage image : failed) write(image, csv);
      csv.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(FailedImage image, CSVPrinter csv) throws IOException {
    csv.printRecord(
        Cell.text(image.filename()),
        image.errorCode(),
        Cell.text(image.type()),
        Cell.text(image.errorMessage()),
        Cell.text(Advice.on(image.type())));
  }
}
