package dev.darkroom.measuring;

import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// The named colours of a picture, the largest first.
///
/// @param shares of all pixels, of each colour that has at least [#SMALLEST], at most [#MOST]
record Palette(List<Share> shares) {

  /// The share of the pixels that makes a colour one of the picture's.
  static final double SMALLEST = 0.08;

  static final int MOST = 4;

  /// A colour, and the share of the pixels that have it.
  record Share(ColourName colour, double share) {}

  Palette {
    shares = List.copyOf(shares);
  }

  static Palette of(Pixels pixels) {
    var cells = new int[ColourName.CELLS];
    for (int i = 0; i < pixels.count(); i++) {
      cells[ColourName.cellOf(pixels.lightness()[i], pixels.a()[i], pixels.b()[i])]++;
    }
    var counts = new EnumMap<ColourName, Integer>(ColourName.class);
    for (int cell = 0; cell < cells.length; cell++) {
      if (cells[cell] > 0) counts.merge(ColourName.ofCell(cell), cells[cell], Integer::sum);
    }
    var shares = new EnumMap<ColourName, Double>(ColourName.class);
    counts.forEach((colour, count) -> shares.put(colour, Rounded.share(count, pixels.count())));
    return largest(shares);
  }

  /// Of equal shares the one that [ColourName] lists first comes first.
  static Palette largest(Map<ColourName, Double> shares) {
    return new Palette(
        Arrays.stream(ColourName.values())
            .map(colour -> new Share(colour, shares.getOrDefault(colour, 0.0)))
            .filter(share -> share.share() >= SMALLEST)
            .sorted(Comparator.comparingDouble(Share::share).reversed())
            .limit(MOST)
            .toList());
  }

  /// Such as `brown, dark green and light blue`; `many colours` where none is large enough.
  String words() {
    return shares.isEmpty()
        ? "many colours"
        : Words.list(shares.stream().map(s -> s.colour().label()).toList());
  }
}
