package dev.darkroom.failurereport;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.darkroom.bulkupload.BulkUploadFailure.NotFound;
import dev.darkroom.bulkupload.BulkUploadStatus.FailedImage;
import dev.darkroom.bulkupload.BulkUploadStatuses;
import dev.darkroom.bulkupload.StatusVersion;
import dev.darkroom.failure.FailureException;
import dev.darkroom.rendering.Rendering;
import dev.darkroom.rendering.Renderings;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/// The images of an upload that failed, with what to do about each, as a table for a spreadsheet
/// (RFC 4180).
@Component
public final class FailureReport {

  static final String MEDIA_TYPE = "text/csv;charset=UTF-8";

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

  /// Answers with the table of an upload.
  public void send(StatusVersion upload, HttpServletResponse response) throws IOException {
    try (var rendering =
        render(upload.uploadId())
            .orElseThrow(() -> new FailureException(new NotFound(upload.datasetId())))) {
      response.setContentType(MEDIA_TYPE);
      response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
      response.setHeader(
          HttpHeaders.CONTENT_DISPOSITION,
          "attachment; filename=\"dataset-%d-failures.csv\"".formatted(upload.datasetId()));
      rendering.send(response);
    }
  }

  /// None where the upload is gone.
  Optional<Rendering> render(long uploadId) {
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
