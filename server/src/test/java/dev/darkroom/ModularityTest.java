package dev.darkroom;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.core.ApplicationModules;

class ModularityTest {

  @Test
  void modulesUseOnlyWhatTheirPackageAllowsAndFormNoCycle() {
    ApplicationModules.of(Application.class).verify();
  }
}
