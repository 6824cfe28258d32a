"""Cuts ten digits of one width out of Be Vietnam Pro, whose own digits are proportional.

Run from the root of the project: pip install fonttools brotli && python3 scripts/tabular_digits.py
Writes static/fonts/be-vietnam-pro-digits-{400,600}.woff2. The Open Font License allows it; no name is reserved.
"""

from fontTools import subset
from fontTools.ttLib import TTFont

# Units of 1000. Close to the mean of all digits but the "1", so that a column keeps the colour of the text.
WIDTHS = {400: 664, 600: 676}


def cut(weight: int, width: int) -> None:
    font = TTFont(f"static/fonts/be-vietnam-pro-latin-{weight}.woff2")
    options = subset.Options()
    options.layout_features = []  # kerning would undo the equal widths
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "fpgm", "prep", "cvt ", "gasp", "DSIG"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=range(ord("0"), ord("9") + 1))
    subsetter.subset(font)
    outlines = font["glyf"]
    for name in (font.getBestCmap()[code] for code in range(ord("0"), ord("9") + 1)):
        glyph = outlines[name]
        left = round((width - (glyph.xMax - glyph.xMin)) / 2)
        glyph.coordinates.translate((left - glyph.xMin, 0))
        glyph.recalcBounds(outlines)
        font["hmtx"][name] = (width, glyph.xMin)
    for record in font["name"].names:
        if record.nameID in (1, 4):
            record.string = record.toUnicode() + " Digits"
        if record.nameID == 6:
            record.string = record.toUnicode() + "-Digits"
    font.flavor = "woff2"
    font.save(f"static/fonts/be-vietnam-pro-digits-{weight}.woff2")


for weight, width in WIDTHS.items():
    cut(weight, width)
