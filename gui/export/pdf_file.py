"""What a PDF says besides its pages: title, words for who does not see it, and the scene.

Qt writes the pages; here its file is taken apart into its objects and written anew. Each page
becomes a figure with alternative text (ISO 32000-1, 14.7 and 14.9.3), the scene an attached file,
and nothing tells the hour: the same input gives the same bytes. Free of Qt.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from hashlib import sha256
from textwrap import shorten
from xml.sax.saxutils import escape

from gui.export.embedded import pdf_attachment
from gui.widgets.xml_letters import clean

_ENTRY = re.compile(rb"(?m)^(\d{10}) \d{5} n ")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_ROOT, _INFO = re.compile(rb"/Root (\d+) 0 R"), re.compile(rb"/Info (\d+) 0 R")
_METADATA = re.compile(rb"/Metadata (\d+) 0 R")
_PAGES, _KIDS = re.compile(rb"/Pages (\d+) 0 R"), re.compile(rb"/Kids\s*\[([\d R\s]*)\]")
_CONTENTS = re.compile(rb"/Contents (\d+) 0 R")
_HEAD = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
#: How many letters of the words stand as the document's subject.
_SUBJECT = 200
_HOUR, _MADE = "D:20000101000000Z", "2000-01-01T00:00:00Z"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{words}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>en</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>Chain Rule Lab</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def told(content: bytes, title: str, pages: Sequence[str], scene: str = "") -> bytes:
    """Return a PDF of Qt's with its words and its scene inside.

    Parameters
    ----------
    content : bytes
        As `QPdfWriter` writes it.
    title : str
    pages : sequence of str
        What is to be seen on each page.
    scene : str
        The scene as the text of a file; empty for none.

    Returns
    -------
    bytes
        The same for the same input, whenever it is written.
    """
    parts = _Objects(content)
    words = "\n".join(pages)
    subject = shorten(words, _SUBJECT, placeholder="…")
    named = [("Title", title), ("Subject", subject), ("Creator", "Chain Rule Lab")]
    info = " ".join(f"/{key} {_text(value)}" for key, value in named)
    dates = f"/CreationDate ({_HOUR}) /ModDate ({_HOUR}) /Trapped /False"
    parts.put(parts.info, f"<< {info} {dates} >>".encode())
    metadata = _XMP.format(title=escape(title), words=escape(words), made=_MADE)
    parts.put(parts.metadata, _stream(b"/Type /Metadata /Subtype /XML", clean(metadata).encode()))
    entries = b"/Type /Catalog /Pages %d 0 R /Metadata %d 0 R /StructTreeRoot %d 0 R "
    entries += b"/Lang (en) /MarkInfo << /Marked true >> "
    entries += b"/ViewerPreferences << /DisplayDocTitle true >>"
    catalog = entries % (parts.tree, parts.metadata, _tagged(parts, pages))
    catalog += _attached(parts, scene) if scene else b""
    parts.put(parts.root, b"<< %s >>" % catalog)
    return parts.written()


def _tagged(parts: _Objects, pages: Sequence[str]) -> int:
    """Make each page a figure with words; return the number of the tree."""
    begin = parts.add(_stream(b"", b"/Figure << /MCID 0 >> BDC\n"))
    end = parts.add(_stream(b"", b"\nEMC\n"))
    tree, whole, places = parts.add(b""), parts.add(b""), parts.add(b"")
    figures: list[int] = []
    for at, (number, words) in enumerate(zip(parts.pages, pages, strict=True)):
        figure = parts.add(
            b"<< /Type /StructElem /S /Figure /P %d 0 R /Pg %d 0 R /K 0 /Alt %s >>"
            % (whole, number, _text(words).encode())
        )
        figures.append(figure)
        page = _CONTENTS.sub(
            rb"/Contents [%d 0 R \1 0 R %d 0 R] /StructParents %d /Tabs /S" % (begin, end, at),
            parts.objects[number],
        )
        parts.put(number, page)
    kids = b" ".join(b"%d 0 R" % each for each in figures)
    numbers = b" ".join(b"%d [%d 0 R]" % pair for pair in enumerate(figures))
    parts.put(tree, b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R >>" % (whole, places))
    parts.put(whole, b"<< /Type /StructElem /S /Document /P %d 0 R /K [%s] >>" % (tree, kids))
    parts.put(places, b"<< /Nums [%s] >>" % numbers)
    return tree


def _attached(parts: _Objects, scene: str) -> bytes:
    """Attach the scene as a file; return what the catalogue says of it."""
    file = parts.add(pdf_attachment(scene))
    name = b"(scene.chainrule.json)"
    spec = parts.add(
        b"<< /Type /Filespec /F %s /UF %s /Desc (The scene, to be opened in Chain Rule Lab) "
        b"/AFRelationship /Source /EF << /F %d 0 R /UF %d 0 R >> >>" % (name, name, file, file)
    )
    names = b"/Names << /EmbeddedFiles << /Names [%s %d 0 R] >> >>" % (name, spec)
    return b" /AF [%d 0 R] %s" % (spec, names)


def _stream(entries: bytes, content: bytes) -> bytes:
    if not entries:  # a part of a page
        content, entries = zlib.compress(content, 9), b"/Filter /FlateDecode"
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(content), content)


def _text(words: str) -> str:
    """Write words as a string of a PDF."""
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"


class _Objects:
    """The objects of a PDF by their numbers, as Qt writes them: one table of places at the end."""

    def __init__(self, content: bytes) -> None:
        start = _START.search(content)
        assert start is not None
        table = int(start[1])
        found = [int(each) for each in _ENTRY.findall(content, table)]
        places = dict(enumerate(found, start=1))
        ends = dict(zip(sorted(found), [*sorted(found)[1:], table], strict=True))
        self.objects = {number: _inside(content[at : ends[at]]) for number, at in places.items()}
        trailer = content[content.index(b"trailer", table) :]
        self.root, self.info = _number(_ROOT, trailer), _number(_INFO, trailer)
        catalog = self.objects[self.root]
        self.metadata = _number(_METADATA, catalog)
        self.tree = _number(_PAGES, catalog)
        kids = _KIDS.search(self.objects[self.tree])
        assert kids is not None
        self.pages = [int(number) for number in kids[1].split()[::3]]

    def put(self, number: int, inside: bytes) -> None:
        """Replace an object."""
        self.objects[number] = inside

    def add(self, inside: bytes) -> int:
        """Add an object; return its number."""
        number = max(self.objects) + 1
        self.objects[number] = inside
        return number

    def written(self) -> bytes:
        """Return the whole file."""
        pieces, places, at = [_HEAD], [], len(_HEAD)
        for number in sorted(self.objects):
            piece = b"%d 0 obj\n%s\nendobj\n" % (number, self.objects[number])
            places.append(at)
            pieces.append(piece)
            at += len(piece)
        name = sha256(b"".join(pieces)).hexdigest()[:32].encode()
        pieces.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1))
        pieces += [b"%010d 00000 n \n" % place for place in places]
        pieces.append(
            b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /ID [<%s> <%s>] >>\n"
            b"startxref\n%d\n%%%%EOF\n" % (len(places) + 1, self.root, self.info, name, name, at)
        )
        return b"".join(pieces)


def _inside(whole: bytes) -> bytes:
    """Return what stands between ``obj`` and ``endobj``."""
    return whole[whole.index(b"obj") + 3 : whole.rindex(b"endobj")].strip(b"\n")


def _number(pattern: re.Pattern[bytes], content: bytes) -> int:
    found = pattern.search(content)
    assert found is not None
    return int(found[1])
