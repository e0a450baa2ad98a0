package dev.darkroom.project;

import static dev.darkroom.project.IpMedium.ILLUSTRATION;

import dev.darkroom.failure.FailureException;
import java.util.Locale;

/// What the pictures of a project have in common.
public enum IpType {
  MULTI_OBJECT_SET,
  OBJECT_VARIANTS,
  ICONS,
  DEFINED_CHARACTER,
  CHARACTER_VARIANTS,
  STYLIZED_SCENE,
  OTHER;

  /// Refuses a medium that pictures of this type cannot have.
  void check(IpMedium medium) {
    if (isDrawn() && medium != ILLUSTRATION) {
      throw new FailureException(new ProjectFailure.MediumRefused(this));
    }
  }

  /// Refuses texts that leave out what a model of this type must be told.
  void check(ProjectTexts texts) {
    if (this == DEFINED_CHARACTER && texts.ipName().isBlank()) {
      throw new FailureException(new ProjectFailure.TextMissing("ip_name", this));
    }
    if ((this == DEFINED_CHARACTER || this == OBJECT_VARIANTS) && texts.ipDescription().isBlank()) {
      throw new FailureException(new ProjectFailure.TextMissing("ip_description", this));
    }
  }

  private boolean isDrawn() {
    return switch (this) {
      case OBJECT_VARIANTS, MULTI_OBJECT_SET, ICONS, CHARACTER_VARIANTS -> true;
      case DEFINED_CHARACTER, STYLIZED_SCENE, OTHER -> false;
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
