"""Pictures of steps and derivations: as files and for the clipboard."""
