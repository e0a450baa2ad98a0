package dev.darkroom.samples;

import static dev.darkroom.samples.Canvas.colour;
import static dev.darkroom.samples.Canvas.translucent;

import java.awt.Color;
import java.awt.image.BufferedImage;

/// What a sample picture shows. The canvas's dice vary each.
enum Scene {
  LANDSCAPE("landscapes", 3),
  SEA("seas", 3),
  PORTRAIT("portraits", 3),
  STILL_LIFE("still-lifes", 2),
  NIGHT("nights", 4),
  PATTERN("patterns", 0);

  private final String folder;
  private final int grain;

  Scene(String folder, int grain) {
    this.folder = folder;
    this.grain = grain;
  }

  String folder() {
    return folder;
  }

  BufferedImage paint(Canvas canvas) {
    switch (this) {
      case LANDSCAPE -> landscape(canvas);
      case SEA -> sea(canvas);
      case PORTRAIT -> portrait(canvas);
      case STILL_LIFE -> stillLife(canvas);
      case NIGHT -> night(canvas);
      case PATTERN -> pattern(canvas);
    }
    return canvas.developed(grain);
  }

  private static void landscape(Canvas canvas) {
    double hue = canvas.between(0.52, 0.95);
    canvas.gradient(0, 0.75, colour(hue, 0.55, 0.75), colour(hue + 0.12, 0.30, 0.98));
    sun(canvas, canvas.between(0.15, 0.85), canvas.between(0.18, 0.5));
    int ranges = 3 + canvas.upTo(3);
    for (int i = 0; i < ranges; i++) {
      double near = (i + 1.0) / ranges;
      canvas.hills(
          0.45 + 0.42 * near,
          canvas.between(0.03, 0.09),
          colour(hue + 0.35 + 0.1 * near, 0.35 + 0.3 * near, 0.75 - 0.5 * near));
    }
    trees(canvas, colour(hue + 0.4, 0.6, 0.16));
  }

  private static void sun(Canvas canvas, double x, double y) {
    var light = new Color(255, 246, 214);
    canvas.glow(x, y, 0.22, new Color[] {translucent(light, 0.8), translucent(light, 0)});
    canvas.disc(x, y, canvas.between(0.04, 0.08), light);
  }

  private static void trees(Canvas canvas, Color colour) {
    int trees = 4 + canvas.upTo(8);
    for (int i = 0; i < trees; i++) {
      double x = canvas.between(0, 1);
      double tall = canvas.between(0.08, 0.2);
      double foot = canvas.between(0.9, 1);
      canvas.polygon(colour, x - tall / 5, foot, x, foot - tall, x + tall / 5, foot);
    }
  }

  private static void sea(Canvas canvas) {
    double hue = canvas.between(0.5, 0.65);
    double horizon = canvas.between(0.4, 0.6);
    canvas.gradient(0, horizon, colour(hue, 0.5, 0.85), colour(hue - 0.45, 0.25, 1));
    double x = canvas.between(0.2, 0.8);
    sun(canvas, x, horizon - canvas.between(0.05, 0.25));
    canvas.gradient(horizon, 1, colour(hue, 0.45, 0.75), colour(hue + 0.03, 0.8, 0.3));
    for (int i = 0; i < 60; i++) {
      double y = horizon + canvas.between(0.005, 1 - horizon);
      double half = canvas.between(0.01, 0.06) * (y - horizon + 0.2) * 3;
      double middle = x + canvas.between(-0.2, 0.2) * (y - horizon + 0.15) * 3;
      canvas.polygon(
          translucent(Color.WHITE, 0.3),
          middle - half,
          y,
          middle,
          y - 0.002,
          middle + half,
          y,
          middle,
          y + 0.003);
    }
  }

  private static void portrait(Canvas canvas) {
    double hue = canvas.between(0, 1);
    canvas.gradient(0, 1, colour(hue, 0.3, 0.85), colour(hue + 0.1, 0.45, 0.4));
    double x = canvas.between(0.42, 0.58);
    var skin = colour(0.07, canvas.between(0.3, 0.6), canvas.between(0.45, 0.95));
    var hair = colour(canvas.between(0.03, 0.12), 0.6, canvas.between(0.1, 0.6));
    var coat = colour(hue + 0.5, 0.6, 0.6);
    canvas.ball(x, 1.12, 0.4, new Color[] {coat, coat.darker().darker()});
    canvas.polygon(skin.darker(), x - 0.06, 0.6, x + 0.06, 0.6, x + 0.08, 0.8, x - 0.08, 0.8);
    canvas.disc(x, 0.38, 0.245, hair);
    canvas.ball(x, 0.43, 0.2, new Color[] {skin, skin.darker()});
    for (double side : new double[] {-0.07, 0.07}) {
      canvas.disc(x + side, 0.41, 0.022, Color.WHITE);
      canvas.disc(x + side, 0.412, 0.011, colour(hue, 0.7, 0.25));
    }
    canvas.polygon(skin.darker(), x, 0.44, x + 0.018, 0.5, x - 0.018, 0.5);
    canvas.polygon(new Color(150, 60, 60), x - 0.05, 0.54, x + 0.05, 0.54, x, 0.565);
  }

  private static void stillLife(Canvas canvas) {
    double hue = canvas.between(0, 1);
    double edge = canvas.between(0.5, 0.62);
    canvas.gradient(0, edge, colour(hue, 0.2, 0.9), colour(hue, 0.25, 0.65));
    canvas.gradient(edge, 1, colour(hue + 0.08, 0.5, 0.6), colour(hue + 0.08, 0.55, 0.35));
    int things = 3 + canvas.upTo(3);
    for (int i = 0; i < things; i++) {
      double x = (i + 0.5 + canvas.between(-0.15, 0.15)) / things;
      double radius = canvas.between(0.08, 0.16);
      double y = edge + canvas.between(0, 0.12);
      var lit = colour(hue + 0.2 + 0.17 * i, 0.65, 0.95);
      canvas.polygon(
          translucent(Color.BLACK, 0.25),
          x,
          y + radius * 0.7,
          x + radius * 1.6,
          y + radius * 0.95,
          x,
          y + radius * 1.05);
      if (canvas.upTo(2) == 0) {
        canvas.ball(x, y, radius, new Color[] {lit, lit.darker().darker()});
      } else {
        box(canvas, x, y, radius, lit);
      }
    }
  }

  private static void box(Canvas canvas, double x, double y, double size, Color colour) {
    double half = size * 0.6;
    double bottom = y + size;
    double back = half * 0.7;
    canvas.polygon(colour, x - half, y, x + half, y, x + half, bottom, x - half, bottom);
    canvas.polygon(
        colour.brighter(),
        x - half,
        y,
        x - half + back,
        y - back,
        x + half + back,
        y - back,
        x + half,
        y);
    canvas.polygon(
        colour.darker(),
        x + half,
        y,
        x + half + back,
        y - back,
        x + half + back,
        bottom - back,
        x + half,
        bottom);
  }

  private static void night(Canvas canvas) {
    double hue = canvas.between(0.55, 0.8);
    canvas.gradient(0, 1, colour(hue, 0.8, 0.12), colour(hue - 0.05, 0.6, 0.32));
    for (int i = 0; i < 120; i++) {
      canvas.disc(
          canvas.between(0, 1),
          canvas.between(0, 0.7),
          canvas.between(0.0008, 0.0025),
          Color.WHITE);
    }
    int lights = 12 + canvas.upTo(16);
    for (int i = 0; i < lights; i++) {
      var light = colour(canvas.between(0, 0.2) + hue * canvas.upTo(2), 0.6, 1);
      canvas.disc(
          canvas.between(0, 1),
          canvas.between(0.45, 1),
          canvas.between(0.02, 0.08),
          translucent(light, 0.28));
    }
  }

  private static void pattern(Canvas canvas) {
    double hue = canvas.between(0, 1);
    canvas.gradient(0, 1, colour(hue, 0.25, 0.97), colour(hue, 0.35, 0.85));
    int stripes = 5 + canvas.upTo(9);
    double lean = canvas.between(-0.4, 0.4);
    for (int i = 0; i < stripes; i++) {
      double left = (i + 0.1) / stripes;
      double right = left + canvas.between(0.3, 0.8) / stripes;
      canvas.polygon(
          colour(hue + 0.5 * i / stripes, 0.6, 0.85),
          left + lean,
          0,
          right + lean,
          0,
          right - lean,
          1,
          left - lean,
          1);
    }
    int discs = canvas.upTo(6);
    for (int i = 0; i < discs; i++) {
      canvas.disc(
          canvas.between(0.1, 0.9),
          canvas.between(0.1, 0.9),
          canvas.between(0.04, 0.15),
          colour(hue + 0.55, 0.7, 0.95));
    }
  }
}
