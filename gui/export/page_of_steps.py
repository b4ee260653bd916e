"""One HTML file that steps: buttons, arrow keys, no network, and all steps where scripts are off.

Formulas are SVG outlines, so that no font is needed; a screen reader gets MathML. Each step stands
in a ``noscript``: all of them are there where scripts are off; where they are on, no more than the
one at hand is built.
"""

from __future__ import annotations

import re
from html import escape

from engine.formula.blanks import with_blanks
from engine.formula.mathml import mathml
from gui.export.embedded import svg_metadata
from gui.export.material import Look, Material, Progress, silent
from gui.export.repeated import Repeated
from gui.export.sheet import Sheet, alike, sheet
from gui.export.svg import sheet_svg
from gui.widgets.svg_shapes import definitions, shared
from gui.widgets.xml_letters import clean

_CUT = "<!-- steps -->"

_STYLE = """
body{margin:0;background:%(paper)s;color:%(ink)s;font:17px/1.5 system-ui,sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1.5rem 6rem}
h1{font-size:1.5rem}
section svg{max-width:100%%;height:auto;display:block}
nav{position:fixed;bottom:0;left:0;right:0;background:%(paper)s;border-top:1px solid %(rule)s;
padding:.7rem 1.5rem;display:flex;gap:.8rem;align-items:center;justify-content:center}
button{font:inherit;color:inherit;background:none;border:1px solid %(axis)s;border-radius:6px;
padding:.35rem 1.1rem}
button:disabled{opacity:.4}
.for-readers{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%%)}
body:not(.stepping) nav{display:none}
.stepping section{display:none}
.stepping section.shown{display:block}
@media print{nav{display:none}.stepping section{display:block}section{break-inside:avoid}}
"""

_SCRIPT = """
(function(){
var steps=[].slice.call(document.querySelectorAll('section')),at=0;
var told=steps.map(function(s){return s.firstElementChild.textContent});
var back=document.getElementById('back'),next=document.getElementById('next');
var place=document.getElementById('place');
function fill(all){
steps.forEach(function(s,i){
var wanted=all||i===at;
if(wanted&&!s.filled)s.innerHTML=told[i];
else if(!wanted&&s.filled)s.innerHTML='';
s.filled=wanted;
});
}
function show(to){
at=Math.max(0,Math.min(steps.length-1,to));
steps.forEach(function(s,i){s.classList.toggle('shown',i===at)});
fill(false);
back.disabled=at===0;next.disabled=at===steps.length-1;
place.textContent=(at+1)+' / '+steps.length;
}
document.body.classList.add('stepping');
back.onclick=function(){show(at-1)};
next.onclick=function(){show(at+1)};
addEventListener('beforeprint',function(){fill(true)});
addEventListener('afterprint',function(){fill(false)});
document.addEventListener('keydown',function(e){
if(e.ctrlKey||e.altKey||e.metaKey)return;
var onButton=e.target.tagName==='BUTTON';
var on=e.key==='ArrowRight'||e.key==='PageDown'||(e.key===' '&&!onButton);
if(on){show(at+1);e.preventDefault()}
else if(e.key==='ArrowLeft'||e.key==='PageUp'){show(at-1);e.preventDefault()}
else if(e.key==='Home'){show(0);e.preventDefault()}
else if(e.key==='End'){show(steps.length-1);e.preventDefault()}
});
show(0);
})();
"""


def page_of_steps(material: Material, look: Look, progress: Progress = silent) -> bytes:
    """Return the whole file."""
    theme = look.theme
    colours = {"paper": theme.paper, "ink": theme.ink, "rule": theme.rule, "axis": theme.axis}
    title = material.title or "Derivation"
    count = len(material.cards)
    shown = [with_blanks(card, look.blanks) for card in material.cards]
    sheets: list[Sheet] = []
    for done, card in enumerate(shown):
        progress(done, 4 * count)
        sheets.append(sheet(material, look, [card], title=""))
    heads: list[str] = []
    repeated = Repeated()
    for number, (card, drawn) in enumerate(zip(shown, alike(sheets), strict=True), start=1):
        progress(count + 3 * (number - 1), 4 * count)
        picture = sheet_svg(drawn, theme, transparent=True, defined=False)
        repeated.add(_inline(picture, number))
        heads.append(
            f'<section id="step-{number}" aria-label="{escape(card.label)}"><noscript>\n'
            f'<div class="for-readers"><p>{escape(card.label)}: {escape(card.sentence)}</p>'
            f"{mathml(card.full)}</div>\n"
        )
    progress(4 * count, 4 * count)
    drawn_once, pictures = repeated.written()
    sections = [
        f"{head}{picture}</noscript></section>"
        for head, picture in zip(heads, pictures, strict=True)
    ]
    shapes, whole_page = shared("\n".join([drawn_once, _CUT, *sections]))
    drawn_once, _, steps = whole_page.partition(f"\n{_CUT}\n")
    outlines = (
        '<svg width="0" height="0" style="position:absolute" aria-hidden="true">'
        f"{svg_metadata(material.scene)}<defs>{shapes}\n{definitions(whole_page)}\n{drawn_once}</defs></svg>\n"
    )
    head = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE % colours}</style></head>\n<body><main>\n"
    )
    heading = f"<h1>{escape(title)}</h1>\n" if material.title else ""
    bar = (
        '</main><nav aria-label="Steps"><button id="back">Back</button>'
        '<span id="place" role="status"></span><button id="next">Next</button></nav>\n'
    )
    whole = [head, outlines, heading, steps, bar]
    text = "".join([*whole, f"<script>{_SCRIPT}</script></body></html>\n"])
    return clean(text).encode()


def _inline(picture: str, number: int) -> str:
    """Make an SVG file a part of a page, hidden from readers; the page has its outlines."""
    inside = picture.partition("?>\n")[2]
    inside = re.sub(r' id="', f' id="s{number}-', inside)
    inside = inside.replace("url(#", f"url(#s{number}-")
    inside = re.sub(r"<title>.*?</title>\n|<desc>.*?</desc>\n", "", inside, flags=re.DOTALL)
    return inside.replace('role="img">', 'aria-hidden="true" focusable="false">', 1)
