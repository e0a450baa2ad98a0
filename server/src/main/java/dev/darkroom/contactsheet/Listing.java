package dev.darkroom.contactsheet;

import dev.darkroom.api.ApiFailure;
import dev.darkroom.api.WireName;
import dev.darkroom.caption.VisualSchema;
import dev.darkroom.dataset.Dataset;
import dev.darkroom.failure.FailureException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/// Which images of a dataset a sheet shows.
///
/// @param search what occurs in the name or in the caption of each, in any case; empty: anything
/// @param schemaHash of the dataset's visual schema; null where it has none
record Listing(long datasetId, CaptionFilter captions, String search, @Nullable String schemaHash) {

  /// All of the dataset's images.
  static Listing of(Dataset dataset) {
    return new Listing(dataset.id(), CaptionFilter.ALL, "", hash(dataset));
  }

  private static @Nullable String hash(Dataset dataset) {
    var schema = dataset.visualSchema();
    return schema == null ? null : VisualSchema.of(schema).hash();
  }

  public boolean isWhole() {
    return captions == CaptionFilter.ALL && search.isEmpty();
  }

  /// What asks for this list, to be put behind a path; empty for the whole one.
  public String query() {
    return queryOf(captions);
  }

  /// The same for other captions.
  public String queryOf(CaptionFilter others) {
    var query = UriComponentsBuilder.newInstance();
    if (others != CaptionFilter.ALL) query.queryParam("captions", others);
    if (!search.isEmpty()) query.queryParam("search", "{search}");
    return query.encode().buildAndExpand(search).toUriString();
  }

  /// What a request's query asks for.
  record Asked(@Nullable String captions, @Nullable String search) {

    Listing in(Dataset dataset) {
      var text = Objects.requireNonNullElse(search, "").strip();
      return new Listing(dataset.id(), filter(), text, hash(dataset));
    }

    private CaptionFilter filter() {
      if (captions == null) return CaptionFilter.ALL;
      return WireName.find(CaptionFilter.class, captions)
          .orElseThrow(() ->
              new FailureException(
                  new ApiFailure.ParameterInvalid(
                      "captions", "one of " + Arrays.toString(CaptionFilter.values()))));
    }
  }
}
