"""The parts of a presentation that are the same for all: masters, layout, theme, lists."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape

from gui.theme import Theme

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
NAMESPACES = (
    f'xmlns:a="{_MAIN}" xmlns:r="{_OFFICE}/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
_TYPES = "application/vnd.openxmlformats-officedocument"
_TREE = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'
_MAP = (
    '<p:clrMap bg1="lt1" tx1="dk1" bg2="lt2" tx2="dk2" accent1="accent1" accent2="accent2" '
    'accent3="accent3" accent4="accent4" accent5="accent5" accent6="accent6" hlink="hlink" '
    'folHlink="folHlink"/>'
)

SLIDE = (
    _HEAD
    + "<p:sld {namespaces}><p:cSld><p:spTree>"
    + _TREE
    + '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    '<p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr/>'
    "<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:t>{title}</a:t></a:r></a:p></p:txBody></p:sp>"
    '<p:pic><p:nvPicPr><p:cNvPr id="3" name="Step" descr={spoken}/>'
    '<p:cNvPicPr><a:picLocks noChangeAspect="1"/></p:cNvPicPr><p:nvPr/></p:nvPicPr>'
    '<p:blipFill><a:blip r:embed="rId2"/><a:stretch><a:fillRect/></a:stretch></p:blipFill>'
    '<p:spPr><a:xfrm><a:off x="{x}" y="{y}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr></p:pic>'
    "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>"
)

NOTES = (
    _HEAD
    + "<p:notes {namespaces}><p:cSld><p:spTree>"
    + _TREE
    + '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Notes"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr>'
    '<p:nvPr><p:ph type="body" idx="1"/></p:nvPr></p:nvSpPr><p:spPr/>'
    "<p:txBody><a:bodyPr/><a:lstStyle/>{notes}</p:txBody></p:sp>"
    "</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:notes>"
)


def relations(*targets: tuple[str, str]) -> str:
    """Return a list of relations, ``rId1`` first; each is a kind and a place."""
    inside = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/relationships/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'


def common(
    count: int, width: int, height: int, title: str, theme: Theme, custom: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of every part but the slides and their notes.

    `custom` is a part of custom XML, which programs keep when they save the presentation.
    """
    yield "[Content_Types].xml", _content_types(count)
    if custom:
        yield "customXml/item1.xml", _HEAD + custom
    yield (
        "_rels/.rels",
        relations(("officeDocument", "ppt/presentation.xml")).replace(
            "</Relationships>",
            f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
            'Target="docProps/core.xml"/></Relationships>',
        ),
    )
    yield (
        "docProps/core.xml",
        (
            f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f"<dc:title>{escape(title)}</dc:title><dc:creator>Chain Rule Lab</dc:creator>"
            "</cp:coreProperties>"
        ),
    )
    yield "ppt/presentation.xml", _presentation(count, width, height)
    yield (
        "ppt/_rels/presentation.xml.rels",
        relations(
            ("slideMaster", "slideMasters/slideMaster1.xml"),
            ("notesMaster", "notesMasters/notesMaster1.xml"),
            ("theme", "theme/theme1.xml"),
            *(("slide", f"slides/slide{number}.xml") for number in range(1, count + 1)),
            *((("customXml", "../customXml/item1.xml"),) if custom else ()),
        ),
    )
    yield "ppt/slideMasters/slideMaster1.xml", _master(width)
    yield (
        "ppt/slideMasters/_rels/slideMaster1.xml.rels",
        relations(
            ("slideLayout", "../slideLayouts/slideLayout1.xml"), ("theme", "../theme/theme1.xml")
        ),
    )
    yield (
        "ppt/slideLayouts/slideLayout1.xml",
        (
            f'{_HEAD}<p:sldLayout {NAMESPACES} type="titleOnly"><p:cSld name="Title"><p:spTree>'
            f"{_TREE}{_title(width)}</p:spTree></p:cSld>"
            "<p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sldLayout>"
        ),
    )
    yield (
        "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
        relations(("slideMaster", "../slideMasters/slideMaster1.xml")),
    )
    yield (
        "ppt/notesMasters/notesMaster1.xml",
        (
            f'{_HEAD}<p:notesMaster {NAMESPACES}><p:cSld><p:bg><p:bgRef idx="1001">'
            f'<a:schemeClr val="bg1"/></p:bgRef></p:bg><p:spTree>{_TREE}</p:spTree></p:cSld>'
            f"{_MAP}</p:notesMaster>"
        ),
    )
    yield (
        "ppt/notesMasters/_rels/notesMaster1.xml.rels",
        relations(("theme", "../theme/theme2.xml")),
    )
    for name in ("theme1", "theme2"):
        yield f"ppt/theme/{name}.xml", _theme(theme)


def _content_types(count: int) -> str:
    kinds = [
        ("/ppt/presentation.xml", "presentationml.presentation.main"),
        ("/ppt/slideMasters/slideMaster1.xml", "presentationml.slideMaster"),
        ("/ppt/slideLayouts/slideLayout1.xml", "presentationml.slideLayout"),
        ("/ppt/notesMasters/notesMaster1.xml", "presentationml.notesMaster"),
        ("/ppt/theme/theme1.xml", "theme"),
        ("/ppt/theme/theme2.xml", "theme"),
    ]
    for number in range(1, count + 1):
        kinds.append((f"/ppt/slides/slide{number}.xml", "presentationml.slide"))
        kinds.append((f"/ppt/notesSlides/notesSlide{number}.xml", "presentationml.notesSlide"))
    overrides = "".join(
        f'<Override PartName="{name}" ContentType="{_TYPES}.{kind}+xml"/>' for name, kind in kinds
    )
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    relation = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{relation}"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/docProps/core.xml" ContentType="{core}"/>{overrides}</Types>'
    )


def _presentation(count: int, width: int, height: int) -> str:
    slides = "".join(
        f'<p:sldId id="{255 + number}" r:id="rId{3 + number}"/>' for number in range(1, count + 1)
    )
    return (
        f"{_HEAD}<p:presentation {NAMESPACES}>"
        '<p:sldMasterIdLst><p:sldMasterId id="2147483648" r:id="rId1"/></p:sldMasterIdLst>'
        '<p:notesMasterIdLst><p:notesMasterId r:id="rId2"/></p:notesMasterIdLst>'
        f"<p:sldIdLst>{slides}</p:sldIdLst>"
        f'<p:sldSz cx="{width}" cy="{height}"/><p:notesSz cx="6858000" cy="9144000"/>'
        "</p:presentation>"
    )


def _title(width: int) -> str:
    return (
        '<p:sp><p:nvSpPr><p:cNvPr id="2" name="Title"/><p:cNvSpPr><a:spLocks noGrp="1"/>'
        '</p:cNvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>'
        f'<a:off x="640000" y="380000"/><a:ext cx="{width - 1_280_000}" cy="900000"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody>'
        '<a:bodyPr anchor="ctr"><a:normAutofit/></a:bodyPr><a:lstStyle/>'
        "<a:p><a:r><a:t>Title</a:t></a:r></a:p></p:txBody></p:sp>"
    )


def _master(width: int) -> str:
    plain = '<a:lvl1pPr><a:defRPr sz="{size}"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill>'
    level = plain + '<a:latin typeface="+mn-lt"/></a:defRPr></a:lvl1pPr>'
    styles = "".join(
        f"<p:{name}>{level.format(size=size)}</p:{name}>"
        for name, size in (("titleStyle", 2800), ("bodyStyle", 2000), ("otherStyle", 1800))
    )
    return (
        f"{_HEAD}<p:sldMaster {NAMESPACES}><p:cSld><p:bg><p:bgPr><a:solidFill>"
        '<a:schemeClr val="bg1"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>'
        f"<p:spTree>{_TREE}{_title(width)}</p:spTree></p:cSld>{_MAP}"
        '<p:sldLayoutIdLst><p:sldLayoutId id="2147483649" r:id="rId1"/></p:sldLayoutIdLst>'
        f"<p:txStyles>{styles}</p:txStyles></p:sldMaster>"
    )


def _theme(theme: Theme) -> str:
    colours = {
        "dk1": theme.ink, "lt1": theme.paper, "dk2": theme.quiet, "lt2": theme.rule,
        "accent1": theme.forward, "accent2": theme.backward, "accent3": theme.axis,
        "accent4": theme.highlight, "accent5": theme.quiet, "accent6": theme.changed,
        "hlink": theme.forward, "folHlink": theme.quiet,
    }  # fmt: skip
    scheme = "".join(
        f'<a:{name}><a:srgbClr val="{colour[1:].upper()}"/></a:{name}>'
        for name, colour in colours.items()
    )
    fonts = "".join(
        f'<a:{kind}><a:latin typeface="Calibri"/><a:ea typeface=""/><a:cs typeface=""/></a:{kind}>'
        for kind in ("majorFont", "minorFont")
    )
    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    return (
        f'{_HEAD}<a:theme xmlns:a="{_MAIN}" name="Chain Rule Lab"><a:themeElements>'
        f'<a:clrScheme name="Lab">{scheme}</a:clrScheme><a:fontScheme name="Lab">{fonts}'
        f'</a:fontScheme><a:fmtScheme name="Lab"><a:fillStyleLst>{fill * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{f'<a:ln>{fill}</a:ln>' * 3}</a:lnStyleLst>"
        f"<a:effectStyleLst>{effect * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>"
    )
