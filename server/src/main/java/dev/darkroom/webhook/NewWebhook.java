package dev.darkroom.webhook;

import dev.darkroom.fetch.SourceUrl;

/// A webhook to be called when a job is over.
///
/// @param tokenId of the token that asked for the job, whose key signs the message
/// @param messageId the same at every try, by which receivers tell a repeated message
/// @param reportUrl where the message says that the whole report is
public record NewWebhook(
    long jobId, long tokenId, String messageId, SourceUrl url, String reportUrl) {}
