# ruff: noqa: E501 - a formula stands on one line, so that the list can be read
"""The formulae and labels of site furniture, by kind. Written for this project.

Every pattern is matched at the start of a paragraph (blanks squeezed, apostrophes straight), has no
nested repeats, and bounds its gaps, so that matching is linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from retold.model import CutKind


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula by which sites address readers."""

    kind: CutKind
    pattern: re.Pattern[str]
    words: int
    """Words that a paragraph which opens so may have at most, to be nothing else."""
    sure: bool
    """Whether it is furniture even where the rest seems to quote or report."""


def _formula(kind: CutKind, pattern: str, words: int = 40, *, sure: bool = False) -> Formula:
    return Formula(kind, re.compile(pattern, re.IGNORECASE), words, sure)


_END = r"[\s.:!…>»→*]*$"
_NETWORK = (
    r"(?:facebook|twitter|x|instagram|linkedin|whatsapp|telegram|youtube|tiktok|reddit|pinterest|"
    r"bluesky|mastodon|threads|google news|social media|viber|vk|signal)"
)
_PIECE = r"(?:story|article|post|page|news|entry|content|video)"


@cache
def formulae() -> tuple[Formula, ...]:
    """Return the formulae, compiled when they are first needed: that takes 40 ms."""
    return (
    # comment forms
    _formula(CutKind.COMMENT_FORM, r"your e-?mail(?: address)? will (?:not|never) be (?:published|shared|displayed)", 45),
    _formula(CutKind.COMMENT_FORM, r"required fields are marked\b", 20),
    _formula(CutKind.COMMENT_FORM, r"save my name,? e-?mail", 30),
    _formula(CutKind.COMMENT_FORM, r"notify me (?:of|about|by|when)\b[^.]{0,60}(?:comments?|posts?|repl(?:y|ies)|e-?mail)\b", 25),
    _formula(CutKind.COMMENT_FORM, r"this site uses akismet\b", 40),
    _formula(CutKind.COMMENT_FORM, r"(?:leave|post|add|write|submit) (?:a|your) (?:reply|comment|response)\b(?: to [^.]{1,60}| cancel reply)?" + _END, 14),
    _formula(CutKind.COMMENT_FORM, r"cancel reply" + _END, 4),
    _formula(CutKind.COMMENT_FORM, r"(?:you must|you need to|please|you have to) (?:be )?(?:log(?:ged)?|sign(?:ed)?|register(?:ed)?)[ -]?(?:in|up)?\b[^.]{0,40} to (?:post|leave|add|make|submit|write|comment|reply|participate|join)\b", 25),
    _formula(CutKind.COMMENT_FORM, r"(?:be the first to comment|join the (?:discussion|conversation)|(?:click here|log in|sign in) to (?:comment|reply|post a comment))\b[^.]{0,40}" + _END, 14),
    _formula(CutKind.COMMENT_FORM, r"(?:view|show|load|read|see|hide|all) (?:all |more |the |\d+ )*comments?(?: \(\d+\))?" + _END, 6),
    _formula(CutKind.COMMENT_FORM, r"comments? (?:are|is|have been) (?:closed|disabled|moderated|turned off|now closed)\b", 16),
    _formula(CutKind.COMMENT_FORM, r"(?:no comments(?: yet)?|no comment yet|\d+ (?:comments?|repl(?:y|ies)|responses?)(?: (?:on|to) .{1,120})?|comments? \(\d+\))" + _END, 25),
    _formula(CutKind.COMMENT_FORM, r"(?:name|e-?mail|website|comment|your (?:name|e-?mail|comment|message)) ?\*" + _END, 4),
    # adverts of themes, and adverts
    _formula(CutKind.THEME_ADVERT, r"[\w'-]+(?: [\w'-]+)? is an? (?:[\w-]+,? ){0,6}(?:wordpress|blogger|joomla|drupal|magazine) theme\b", 50),
    _formula(CutKind.THEME_ADVERT, r"(?:proudly )?powered by (?:wordpress|ghost|blogger|drupal|joomla|newspack|elementor|webflow|squarespace|wix)\b", 20),
    _formula(CutKind.THEME_ADVERT, r"(?:(?:wordpress|magazine|news) theme ?:|theme (?:designed |developed |made )?by )", 14),
    _formula(CutKind.THEME_ADVERT, r"[-–—\s\[(]*(?:advertisements?|advertising|sponsored(?: (?:content|links?|post))?|promoted(?: content)?|paid (?:content|post)|advertorial)[-–—\s\])]*" + _END, 6),
    _formula(CutKind.THEME_ADVERT, r"(?:story|article|content|text) continue[sd] (?:below|after)(?: (?:the|this))?(?: (?:advertisement|ad|promo|sponsor message))?" + _END, 8),
    _formula(CutKind.THEME_ADVERT, r"(?:scroll (?:down )?to continue|continue reading below|skip advertisement|remove ads|report (?:this )?ad)\b", 8),
    # other pieces
    _formula(CutKind.READ_ALSO, r"(?:also read|read also|read more|see also|see more|also see|watch also|listen also|must read|more (?:on|about|from|in) (?:this|[\w' ]{2,40})|related(?: (?:stories|story|articles?|content|posts?|news|topics|coverage|reading|links|videos?))?|recommended(?: (?:for you|stories|reading|articles?|videos?))?|read next|up next|read (?:the )?full (?:story|article)|from the archives?|don't miss|editors?'?s? picks?|in case you missed it|most read)\s?[:|»>→]\s?\S", 45, sure=True),
    _formula(CutKind.READ_ALSO, r"(?:background|previously|watch|listen|watch now|video|gallery|photos|in pictures|explainer|opinion|analysis|live|live updates)\s?[:|»>→]\s?(?!.*[.!?][\"'”’]?$)\S", 16, sure=True),
    _formula(CutKind.READ_ALSO, r"(?:you (?:may|might) (?:also )?(?:like|be interested in|enjoy|want to read)|what to read next|here(?:'s| is) what (?:else )?to read|(?:previous|next|older|newer) (?:article|post|story|entry))\b(?!.*[.!?][\"'”’]?$)", 30),
    _formula(CutKind.READ_ALSO, r"(?:also read|read also|see also|read (?:more|next|the full story|the full article)|continue reading(?: the main story)?|more stories|related(?: (?:stories|story|articles?|content|posts?|news|topics|coverage|reading|links|videos?))?|recommended(?: (?:for you|stories|reading|articles?|videos?))?|(?:more|latest|top|trending|popular|most read|most popular|most viewed)(?: (?:news|stories|articles|posts|videos|headlines|now|today|topics))?(?: (?:from|in|on) [\w' ]{2,30})?|editors?'?s? picks?|don't miss|in case you missed it|up next|trending|you missed)" + _END, 7),
    _formula(CutKind.READ_ALSO, r"(?:read|see) (?:also|more)\b (?!of\b|than\b|about it\b)(?!.*[.!?][\"'”’]?$)", 30),
    _formula(CutKind.READ_ALSO, r"click here (?:to (?:read|see|view|watch|find out)|for (?:more|the))\b", 30),
    # share bars
    _formula(CutKind.SHARE_BAR, rf"(?:please )?(?:share|tweet|pin|e-?mail|print|bookmark|like|spread) (?:this|it|the)(?: {_PIECE})?(?: (?:on|via|with|to|using|by|in) .{{1,60}})?" + _END, 14),
    _formula(CutKind.SHARE_BAR, rf"(?:click to )?(?:share|tweet|pin|e-?mail|print) (?:on|via|to|with)? ?(?:a link to a friend|{_NETWORK})\b[^.]{{0,60}}" + _END, 14),
    _formula(CutKind.SHARE_BAR, rf"(?:follow|like|find|join|connect with) us (?:on|via|at|in)\b.{{0,20}}{_NETWORK}\b", 25),
    _formula(CutKind.SHARE_BAR, r"(?:copy|copied) (?:the )?(?:link|url|shortlink)\b", 6),
    _formula(CutKind.SHARE_BAR, r"(?:like|love) this" + _END, 3),
    _formula(CutKind.SHARE_BAR, r"\d[\d.,]*[km]? (?:shares|likes|retweets|tweets|views)" + _END, 5),
    # sign-ups
    _formula(CutKind.SUBSCRIPTION, r"(?:please )?(?:sign up|subscribe|register|join)\b[^.!?]{0,80}\b(?:our|the|my|a|free|daily|weekly)\b[^.!?]{0,50}\b(?:newsletters?|e-?mails?|alerts?|mailing list|inbox|digest|briefing|channel|podcast|updates|notifications)\b", 50),
    _formula(CutKind.SUBSCRIPTION, r"(?:subscribe|sign (?:me )?up|join)(?: (?:to|for|now|today|here|free|us|our|the|channel|newsletter|newsletters|for free|with e-?mail|by e-?mail|via e-?mail))*" + _END, 8),
    _formula(CutKind.SUBSCRIPTION, r"(?:get|receive|have)\b[^.!?]{1,100}\b(?:to|in) your (?:inbox|e-?mail|mailbox)\b", 45),
    _formula(CutKind.SUBSCRIPTION, r"(?:enter|type in|type|submit) your e-?mail\b", 30),
    _formula(CutKind.SUBSCRIPTION, r"by (?:signing up|subscribing|submitting|registering|clicking|entering)\b[^.]{0,80}\byou (?:agree|accept|consent|confirm|acknowledge|opt)\b", 60),
    _formula(CutKind.SUBSCRIPTION, r"(?:already (?:a |have an? )?(?:subscriber|member|account|subscribed|registered)|not a (?:subscriber|member)(?: yet)?)\b", 16),
    _formula(CutKind.SUBSCRIPTION, r"(?:thank you|thanks) for (?:subscribing|signing up|your subscription|registering)\b", 20),
    _formula(CutKind.SUBSCRIPTION, r"(?:to (?:continue|keep) reading|(?:continue|keep) reading with|to read the full (?:story|article)|this (?:article|content|story) is (?:only )?(?:for|available to|reserved for) (?:our )?(?:subscribers|members))\b", 40),
    _formula(CutKind.SUBSCRIPTION, r"(?:become|be) an? (?:member|subscriber|patron|supporter)\b(?: (?:of|to|today|now|on|for)\b[^.]{0,50})?" + _END, 14),
    _formula(CutKind.SUBSCRIPTION, r"(?:support|help (?:us )?(?:support|fund|sustain)|donate to) (?:our|independent|quality|local|free|honest) (?:\w+ ){0,2}(?:journalism|reporting|newsroom|work|media|news)\b", 45),
    _formula(CutKind.SUBSCRIPTION, r"(?:download|get|install) (?:our|the) (?:[\w.]+ ){0,3}app\b", 25),
    _formula(CutKind.SUBSCRIPTION, r"(?:join|follow|subscribe to) (?:our|us on|the) (?:[\w.]+ ){0,3}(?:telegram|whatsapp|youtube|viber|google news)\b", 30),
    _formula(CutKind.SUBSCRIPTION, r"you (?:have successfully (?:subscribed|signed up)|can unsubscribe|are now subscribed|will receive (?:a|an|our))\b", 30),
    # legal
    _formula(CutKind.LEGAL, r"(?:©|\(c\) ?(?=(?:19|20)\d\d|copyright)|copyright ?(?:©|\(c\)|\d{4}|by \w+|,)|© copyright)", 60),
    _formula(CutKind.LEGAL, r"(?:[\w&.,'-]+ ){0,12}all rights reserved\b", 60),
    _formula(CutKind.LEGAL, r"this (?:material|article|content|story) may not be (?:published|reproduced|copied|broadcast|redistributed)\b", 40),
    _formula(CutKind.LEGAL, r"(?:this|our) (?:web ?site|site|page) (?:and (?:our|its) (?:\w+ ){1,3})?uses? (?:\w+ ){0,3}cookies\b(?! to track)", 60),
    _formula(CutKind.LEGAL, r"we (?:and our (?:\d+ )?(?:\w+ ){0,3}partners |may |also )?(?:use|store|set)(?: and/or access)? (?:\w+ ){0,3}(?:cookies|information on (?:a|your) device)\b", 70),
    _formula(CutKind.LEGAL, r"by (?:continuing|using|browsing|clicking|accessing|visiting)\b[^.]{0,100}\byou (?:agree|accept|consent|are agreeing|acknowledge)\b", 70),
    _formula(CutKind.LEGAL, r"(?:accept|reject|allow|manage|decline|customi[sz]e)(?: all)?(?: (?:non-)?(?:essential|necessary|optional))?(?: (?:cookies?|preferences|settings|choices|consent))" + _END, 8),
    _formula(CutKind.LEGAL, r"(?:cookies? (?:policy|settings|preferences|notice)|privacy (?:policy|notice|settings)|terms (?:of|and|&) (?:use|service|conditions|sale)|terms & conditions|do not sell my (?:personal )?information|imprint|disclaimer|legal notice)\b(?:[\s|•·,&]|and|terms|of|use|service|conditions|privacy|policy|notice|cookies?|contact|us|about|settings|imprint|advertis(?:e|ing|ements?)\b)*$", 20),
    _formula(CutKind.LEGAL, r"(?:we|this (?:site|page|post)|our site) (?:may|might|can) (?:earn|receive|get|contain)\b[^.]{0,40}\b(?:commission|affiliate links?)\b", 50),
    # navigation
    _formula(CutKind.NAVIGATION, r"(?:skip|jump|scroll) to (?:main |primary |the )?(?:content|navigation|footer|search|menu|top)", 8),
    _formula(CutKind.NAVIGATION, r"(?:back|return|go) to (?:the )?(?:top|home ?page|gallery|home|news|main page|results|all (?:news|stories))" + _END, 6),
    _formula(CutKind.NAVIGATION, r"(?:tags?|filed under|categor(?:y|ies)|topics?|posted in|in this (?:story|article)|keywords)\s?[:»]\s?[^.!?]{1,300}$", 40, sure=True),
    _formula(CutKind.NAVIGATION, r"(?:toggle|open|close|main|primary|site) (?:navigation|menu|search|sidebar)" + _END, 5),
    _formula(CutKind.NAVIGATION, r"(?:now playing|image \d+ of \d+|slide \d+ of \d+|\d+ of \d+|photo \d+ of \d+)\b[^.]{0,80}" + _END, 16),
    _formula(CutKind.NAVIGATION, r"(?:est(?:imated|\.)? )?(?:reading time:? ?)?(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)[ -]min(?:ute)?s?\.? (?:read|to read)" + _END, 8),
    _formula(CutKind.NAVIGATION, r"[a-z]{2,12}(?:_[a-z]{2,12}){1,3}$", 1),  # names of icons
    _formula(CutKind.NAVIGATION, r"(?:reading|read) time:? ?\d+", 6),
    )  # fmt: skip


@cache
def any_formula() -> re.Pattern[str]:
    """Return one pattern that matches wherever any formula does: asked first, it spares the rest."""
    return re.compile("|".join(f"(?:{f.pattern.pattern})" for f in formulae()), re.IGNORECASE)


SECTION_LABELS = re.compile(
    r"(?:background|previously|watch|listen|video|gallery|photos|in pictures|explainer|opinion|analysis|"
    r"live|live updates|watch now)\s?[:|»>→]",
    re.IGNORECASE,
)
"""Labels that open a link inside of a text and a title before it ("Analysis: why the dam failed")."""

BOX_HEADS = re.compile(
    r"(?:also read|read also|see also|read (?:more|next)|more stories|up next|trending|you missed|"
    r"related(?: (?:stories|story|articles?|content|posts?|news|topics|coverage|reading|links|videos?))?|"
    r"recommended(?: (?:for you|stories|reading|articles?|videos?))?|"
    r"(?:more|latest|top|trending|popular|most read|most popular|most viewed)"
    r"(?: (?:news|stories|articles|posts|videos|headlines|now|today|topics))?"
    r"(?: (?:from|in|on) [\w' ]{2,30})?|editors?'?s? picks?|don't miss|in case you missed it|"
    r"you (?:may|might) (?:also )?(?:like|be interested in|enjoy|want to read))[\s.:!…>»→*]*",
    re.IGNORECASE,
)
"""Heads of boxes that list other pieces."""

NETWORKS = frozenset(
    [
        "facebook", "twitter", "linkedin", "whatsapp", "telegram", "pinterest", "reddit",
        "tumblr", "flipboard", "messenger", "viber", "vk", "instagram", "youtube", "tiktok",
        "bluesky", "mastodon", "skype", "threads", "x", "gmail", "odnoklassniki", "digg",
        "stumbleupon", "evernote", "xing", "pocket", "line",
    ]
)  # fmt: skip
"""Names that stand on share buttons; they are also words of a text."""

SHARE_LABELS = NETWORKS | frozenset(
    [
        "share", "shares", "tweet", "email", "e-mail", "mail", "print", "pin", "copy", "link",
        "save", "like", "follow", "comment", "comments", "sms", "more", "close", "connect", "via",
        "on", "commentemailmore", "bookmark",
    ]
)  # fmt: skip
"""Words of which a share bar is made: two or more of them and nothing else."""

NAVIGATION_LABELS = frozenset(
    (
        "menu", "main menu", "fullscreen", "full screen", "more_vert", "video_youtube", "hide caption",
        "toggle caption", "enlarge this image", "enlarge image", "view gallery", "open image modal",
        "loading...", "loading", "play video", "replay video", "just watched", "back to top", "go to permalink",
        "skip to content", "home page", "log in", "login", "sign in", "log out", "my account", "contact us",
        "about us", "advertise with us", "show more", "load more", "show less", "view more", "expand", "collapse",
    )
)  # fmt: skip
"""Lines that are navigation wherever they stand."""

EDGE_LABELS: tuple[tuple[CutKind, re.Pattern[str]], ...] = (
    (CutKind.NAVIGATION, re.compile(r"(?:home|news|world|politics|business|sports?|opinion|culture|economy|tech|technology|science|health|lifestyle|entertainment|latest|local|search|more|less|close|edit|next|previous|prev|back|menu|video|videos|photos|tags|prev next|live|contact|about|amp|none|image|today|yesterday|a a|text size|listen|play|pause|settings|help|faq|archive|sitemap)")),
    (CutKind.NAVIGATION, re.compile(r"(?:(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten) (?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?) ago|just now|updated|published|posted|(?:updated|published|posted) .{1,30} ago|last (?:updated|modified).{0,60}|updated:? .{0,60})")),
    (CutKind.SHARE_BAR, re.compile(r"(?:share|share story|share article|tweet|print|email|e-mail|save|follow|like|pin|follow us|share this|copy link|" + "|".join(sorted(NETWORKS)) + ")")),
    (CutKind.COMMENT_FORM, re.compile(r"(?:comments?|reply|post comment|submit|\d+ comments?|name|website|e-?mail address|you are signed in as.*)")),
    (CutKind.SUBSCRIPTION, re.compile(r"(?:subscribe|sign up|sign me up|register|newsletter|newsletters|donate|congratulations|be the first to know|support us)")),
)  # fmt: skip
"""Lines that are furniture only before the first and after the last paragraph of sentences."""

GLUED = re.compile(
    r"[.!?…\"'”’»)]\s+(?P<rest>(?:(?:Leave a (?:Reply|Comment)(?: Cancel reply)? )?Your email address will not be published"
    r"|Required fields are marked|Save my name, email|This site uses Akismet"
    r"|[A-Z]\w+ is a next[- ]generation WordPress theme|Proudly powered by WordPress"
    r"|Copyright ©|© (?:19|20)\d\d|(?:[A-Z][\w.&]* ){0,4}All rights reserved"
    r"|Click to share on (?:Facebook|Twitter|X|WhatsApp)|Sign up (?:for|to) our (?:\w+ ){0,3}newsletter)\b)"
)
"""Formulae that can be told even in the middle of a line."""
