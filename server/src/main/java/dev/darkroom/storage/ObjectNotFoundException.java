package dev.darkroom.storage;

import java.io.IOException;

/// There is no object under the key.
public final class ObjectNotFoundException extends IOException {

  public ObjectNotFoundException(ObjectKey key) {
    super("no object " + key);
  }
}
