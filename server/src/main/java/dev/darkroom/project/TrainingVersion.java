package dev.darkroom.project;

/// The version of the models that a dataset is made for. It decides the rules for captions.
public enum TrainingVersion {
  FIBO("fibo", Family.FIBO),
  MAX("max", Family.LEGACY),
  LIGHT("light", Family.LEGACY),
  V3_2("3.2", Family.LEGACY),
  V2_3("2.3", Family.LEGACY);

  /// The rules that a version follows. All datasets of a project are of one family.
  public enum Family {
    /// Captions are JSON, written under the dataset's visual schema.
    FIBO("FIBO"),
    /// Captions are text, given in the archive or generated.
    LEGACY("Legacy");

    private final String title;

    Family(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  private final String wireName;
  private final Family family;

  TrainingVersion(String wireName, Family family) {
    this.wireName = wireName;
    this.family = family;
  }

  public Family family() {
    return family;
  }

  @Override
  public String toString() {
    return wireName;
  }
}
