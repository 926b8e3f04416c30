"""Articles that would like to be more than text."""

import retold

WORDS = "The harbour master of Quell said on Monday that the second ferry would not sail again. "
SCRIPT = "<script>document.title='taken'</script>"
ATTACKS = {
    "script": SCRIPT,
    "svg": '<svg onload="document.title=\'taken\'"><a xlink:href="javascript:alert(1)">x</a></svg>',
    "style": "<style>body{display:none}</style><link rel=stylesheet href=https://evil.example/x.css>",
    "attribute": "\" onmouseover=\"document.title='taken'\" x='",
    "entity": "&lt;b&gt; &amp;amp; <!ENTITY x SYSTEM 'file:///etc/passwd'> &x;",
    "template": "{{ 7*7 }} {% raw %} ${7*7} <%= 7*7 %>",
    "bidi": "\u202egnihtemos\u202c \u2066hidden\u2069",
    "invisible": "zero\u200bwidth\u200d and \ufeff marks \u00ad and \U000e0041 tags",
    "wide": "W" * 100_000,
    "deep": "<div>" * 5_000 + "[" * 5_000,
    "separators": "one\u2028two\u2029three\x0bfour\x0cfive\x85six",
    "controls": "\x1b[31mred\x07 \x7f",
}


def articles():
    """One article an attack: in its text, its title, its byline and its outlet."""
    return [
        retold.article(
            f"{WORDS * 12}\n\n{attack}\n\n{WORDS * 3}",
            title=f"{name}: {attack[:300]}",
            outlet=f"Outlet {attack[:80]}",
            byline=attack[:80],
            url=f"javascript:alert('{name}')" if name == "script" else f"https://{name}.example/",
            published=f"2031-04-{index:02}T10:00:00Z",
        )
        for index, (name, attack) in enumerate(ATTACKS.items(), 1)
    ]
