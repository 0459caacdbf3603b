"""modules outside of the other parts: decks, images, logs and all other modules."""

from __future__ import annotations

MODULES: dict[str, dict[str, str]] = {
    "flytekit.constants": {
        "CopyFileDetection": "wingbeat.authoring.copy_mode",
    },
    "flytekit.deck.deck": {
        "Deck": "wingbeat.runtime.deck.deck",
        "DeckField": "wingbeat.runtime.deck.field",
        "TimeLineDeck": "wingbeat.runtime.deck.timeline",
    },
    "flytekit.deck.renderer": {
        "ArrowRenderer": "wingbeat.types.renderers",
        "MarkdownRenderer": "wingbeat.runtime.deck.renderers",
        "PythonDependencyRenderer": "wingbeat.runtime.deck.dependencies",
        "SourceCodeRenderer": "wingbeat.runtime.deck.source",
        "TopFrameRenderer": "wingbeat.types.renderers",
    },
    "flytekit.image_spec.image_spec": {
        "ImageBuildEngine": "wingbeat.authoring.image_spec",
        "ImageSpec": "wingbeat.authoring.image_spec",
        "ImageSpecBuilder": "wingbeat.authoring.image_spec",
    },
    "flytekit.interfaces.stats.taggable": {
        "TaggableStats": "wingbeat.runtime.stats",
    },
    "flytekit.utils.pbhash": {
        "compute_hash": "wingbeat.types.hashing",
        "compute_hash_string": "wingbeat.types.hashing",
    },
}
