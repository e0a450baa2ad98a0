package dev.darkroom.failure;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A failure as the database keeps it, in the columns `failure_status` to `failure_actual`.
public record RecordedFailure(
    int status, String type, String message, @Nullable Long limit, @Nullable Long actual) {

  private static final List<String> COLUMNS =
      List.of("failureStatus", "failureType", "failureMessage", "failureLimit", "failureActual");

  /// The failure in a row; null where its columns are.
  public static @Nullable RecordedFailure in(ResultSet row) throws SQLException {
    String type = row.getString("failure_type");
    if (type == null) return null;
    return new RecordedFailure(
        row.getInt("failure_status"),
        type,
        row.getString("failure_message"),
        row.getObject("failure_limit", Long.class),
        row.getObject("failure_actual", Long.class));
  }

  /// Named parameters for the columns where nothing failed.
  public static Map<String, @Nullable Object> noParameters() {
    Map<String, @Nullable Object> parameters = new HashMap<>();
    for (String column : COLUMNS) parameters.put(column, null);
    return parameters;
  }

  /// Named parameters for the columns.
  public static Map<String, @Nullable Object> parameters(Failure failure) {
    Map<String, @Nullable Object> parameters = new HashMap<>();
    parameters.put("failureStatus", failure.status());
    parameters.put("failureType", failure.type());
    parameters.put("failureMessage", failure.message());
    parameters.put("failureLimit", failure.limit());
    parameters.put("failureActual", failure.actual());
    return parameters;
  }
}
