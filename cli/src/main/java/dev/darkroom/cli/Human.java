package dev.darkroom.cli;

import java.util.Locale;

/// Numbers as people read them.
final class Human {

  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

  private Human() {}

  /// `812 B`, `4.2 MB`, `31 GB`: powers of ten, as disks and browsers count.
  static String bytes(long bytes) {
    if (bytes < 1000) return bytes + " B";
    double amount = bytes / 1000.0;
    int unit = 0;
    while (amount >= 999.5) {
      amount /= 1000;
      unit++;
    }
    return String.format(Locale.ROOT, amount < 9.95 ? "%.1f %s" : "%.0f %s", amount, UNITS[unit]);
  }

  /// `4 812`.
  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number).replace(',', ' ');
  }

  /// `1 image`, `4 812 images`.
  static String count(long number, String thing) {
    return count(number) + " " + thing + (number == 1 ? "" : "s");
  }
}
