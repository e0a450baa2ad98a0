package dev.darkroom.webhook;

import dev.darkroom.fetch.SourceUrl;

/// A delivery that goes on.
///
/// The arrays are not copied, and never written to.
///
/// @param webhookId the job whose end it tells of
/// @param body the same bytes at every try
@SuppressWarnings("ArrayRecordComponent")
record Delivery(
    long id,
    long webhookId,
    String messageId,
    SourceUrl receiver,
    byte[] key,
    byte[] body,
    int maxTries) {}
