package dev.darkroom.vision;

import dev.darkroom.caption.Captioning;
import dev.darkroom.failure.Failure;
import java.util.function.Function;

/// Gets a usable text out of a model that need not give one: a reply that departs from what was
/// asked for is asked for again, with what is wrong with it.
///
/// @param check holds a reply to what was asked for: a text, perhaps mended, or useless
record Writing(ChatModel model, Function<String, Reply> check) {

  private static final int MAX_TRIES = 3;

  Captioning write(Question question) throws InterruptedException {
    Question asked = question;
    var problem = "";
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      switch (ask(asked)) {
        case Reply.Text(var text) -> {
          return new Captioning.Written(text);
        }
        case Reply.Refusal _ -> {
          return failed(new VisionFailure.Refused());
        }
        case Reply.NotTaken(int status) -> {
          return failed(new VisionFailure.NotTaken(status));
        }
        case Reply.Useless(var why, var correction) -> {
          problem = why;
          asked = question.corrected(correction);
        }
      }
    }
    return failed(new VisionFailure.Unusable(MAX_TRIES, problem));
  }

  private Reply ask(Question question) throws InterruptedException {
    Reply reply = model.ask(question);
    return reply instanceof Reply.Text(var text) ? check.apply(text) : reply;
  }

  private static Captioning failed(Failure failure) {
    return new Captioning.Failed(failure);
  }
}
