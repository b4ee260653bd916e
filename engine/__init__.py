"""The mathematics and the document of Chain Rule Lab; knows no window, no clock and no threads."""
