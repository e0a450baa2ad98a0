package dev.darkroom.captioning;

import dev.darkroom.dataset.Pictures;
import org.springframework.stereotype.Component;

/// What every [CaptionBatch] works with.
@Component
record CaptionTools(
    CaptionLanes lanes,
    CaptionItems items,
    Pictures pictures,
    Captions captions,
    CaptionSettlement settlement) {}
