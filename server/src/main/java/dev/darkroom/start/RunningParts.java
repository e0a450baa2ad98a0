package dev.darkroom.start;

import dev.darkroom.caption.Captioner;
import dev.darkroom.moderation.Moderator;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/// What runs in the places that several things can fill: for the start's message and for
/// `/actuator/info`.
@Component
final class RunningParts implements InfoContributor {

  private final Captioner captioner;
  private final ObjectProvider<Moderator> moderator;

  RunningParts(Captioner captioner, ObjectProvider<Moderator> moderator) {
    this.captioner = captioner;
    this.moderator = moderator;
  }

  String captioner() {
    return captioner.author();
  }

  String moderator() {
    return Optional.ofNullable(moderator.getIfAvailable()).map(Moderator::name).orElse("none");
  }

  @Override
  public void contribute(Info.Builder info) {
    info.withDetail("captioner", captioner()).withDetail("moderator", moderator());
  }
}
