package dev.darkroom.contactsheet;

import dev.darkroom.api.Caller;
import dev.darkroom.bulkupload.DuplicateSearch;
import dev.darkroom.bulkupload.Duplicates;
import dev.darkroom.console.ConsolePage;
import dev.darkroom.console.DatasetFrame;
import dev.darkroom.console.SnapshotRead;
import dev.darkroom.dataset.Dataset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/// The images that a dataset has more than once, to be thinned out.
@ConsolePage
class DuplicatePages {

  /// Groups of each kind on the page. Those that are thinned out make room for the others.
  private static final int SHOWN = 50;

  private final DatasetFrame frame;
  private final DuplicateSearch search;
  private final SheetImages images;

  DuplicatePages(DatasetFrame frame, DuplicateSearch search, SheetImages images) {
    this.frame = frame;
    this.search = search;
    this.images = images;
  }

  @GetMapping("/console/datasets/{dataset_id}/duplicates")
  @SnapshotRead
  String duplicates(Caller caller, @PathVariable("dataset_id") long datasetId, Model model) {
    var dataset = frame.around(model, caller, datasetId, "duplicates");
    var found = search.find(datasetId).orElse(null);
    var exact = found == null ? List.<Duplicates.Exact>of() : found.exact();
    var near = found == null ? List.<Duplicates.Near>of() : found.near();
    var cells = cells(dataset, exact, near);
    model.addAttribute("listing", Listing.of(dataset));
    model.addAttribute("exactCount", exact.size());
    model.addAttribute("nearCount", near.size());
    model.addAttribute(
        "exact",
        exact.stream().limit(SHOWN).map(group -> DuplicateGroup.of(group, cells)).toList());
    model.addAttribute(
        "near", near.stream().limit(SHOWN).map(group -> DuplicateGroup.of(group, cells)).toList());
    return "duplicates";
  }

  private Map<Long, Cell> cells(
      Dataset dataset, List<Duplicates.Exact> exact, List<Duplicates.Near> near) {
    var ids =
        Stream.concat(
                exact.stream().limit(SHOWN).map(Duplicates.Exact::images),
                near.stream().limit(SHOWN).map(Duplicates.Near::images))
            .flatMap(group -> group.stream().limit(DuplicateGroup.SHOWN))
            .map(Duplicates.Image::id)
            .toList();
    return images.chosen(Listing.of(dataset), ids).stream()
        .collect(Collectors.toMap(Cell::id, Function.identity()));
  }
}
