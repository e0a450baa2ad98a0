package dev.darkroom.measuring;

/// Numbers as they are compared and shown. Every measure is rounded to three decimals first, so
/// that the number that a person reads is the one that was held against a threshold, and the last
/// bits of a sum decide nothing.
final class Rounded {

  private static final double PARTS = 1000;

  private Rounded() {}

  static double of(double value) {
    return Math.round(value * PARTS) / PARTS;
  }

  static double share(long part, long whole) {
    return whole == 0 ? 0 : of((double) part / whole);
  }
}
