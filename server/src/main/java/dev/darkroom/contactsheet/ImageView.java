package dev.darkroom.contactsheet;

import dev.darkroom.dataset.DatasetImage;
import java.util.List;

/// An image as the lightbox shows it.
///
/// @param place in the list that is looked through
/// @param caption as it is edited; empty where there is none
/// @param departures where the caption departs from what the dataset's captions are, a sentence
///   each
/// @param original a link, as a path on this server, as is the thumbnail
record ImageView(
    DatasetImage image,
    Place place,
    CaptionMark mark,
    String caption,
    List<String> departures,
    List<Fact> facts,
    String original,
    String thumbnail) {

  ImageView {
    departures = List.copyOf(departures);
    facts = List.copyOf(facts);
  }
}
