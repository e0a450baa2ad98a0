package dev.darkroom.limit;

import java.util.List;

/// Tells limits that are in force. A module that has some brings a bean of this; it is asked at
/// each request, so that what it tells may change.
@FunctionalInterface
public interface LimitSource {

  List<Limit> limits();
}
