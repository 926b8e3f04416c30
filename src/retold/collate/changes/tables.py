"""Small tables of our own: words that strengthen, weaken, colour or reverse what is reported.

They were written for this project from general knowledge of English news, word by word; they are
meant to be read and argued with. All entries are lemmas.
"""

from __future__ import annotations

ESCALATION: dict[str, tuple[frozenset[str], ...]] = {
    # each scale from the weaker event to the stronger
    "taking a place": (
        frozenset({"approach", "near", "besiege", "encircle", "surround", "shell"}),
        frozenset({"enter", "reach", "advance", "push", "penetrate", "storm", "breach"}),
        frozenset(
            {
                *("capture", "take", "seize", "conquer", "occupy", "liberate", "free", "overrun"),
                *("recapture", "retake", "control", "fall", "annex"),
            }
        ),
    ),
    "deciding": (
        frozenset({"discuss", "weigh", "consider", "mull", "ponder", "contemplate", "explore"}),
        frozenset({"plan", "intend", "propose", "prepare", "aim"}),
        frozenset({"decide", "agree", "resolve", "order", "approve", "decree", "enact"}),
    ),
    "blaming": (
        frozenset({"question", "suspect", "doubt"}),
        frozenset({"accuse", "allege", "charge", "indict"}),
        frozenset({"convict", "sentence", "condemn"}),
    ),
    "harming": (
        frozenset({"hurt", "injure", "wound", "maim"}),
        frozenset({"kill", "die", "murder", "slay", "slaughter", "perish"}),
    ),
    "damaging": (
        frozenset({"scratch", "dent", "damage", "hit"}),
        frozenset({"destroy", "wreck", "level", "demolish", "obliterate", "raze", "flatten"}),
    ),
    "holding": (
        frozenset({"question", "interview", "stop"}),
        frozenset({"detain", "hold"}),
        frozenset({"arrest", "jail", "imprison"}),
    ),
    "urging": (
        frozenset({"ask", "suggest", "invite"}),
        frozenset({"urge", "request", "appeal", "call"}),
        frozenset({"demand", "insist"}),
        frozenset({"threaten", "force", "compel"}),
    ),
    "falling": (
        frozenset({"dip", "slip", "ease", "edge"}),
        frozenset({"fall", "drop", "decline", "decrease"}),
        frozenset({"plunge", "plummet", "collapse", "crash"}),
    ),
    "rising": (
        frozenset({"inch", "edge", "creep"}),
        frozenset({"rise", "grow", "increase", "climb", "gain"}),
        frozenset({"soar", "surge", "skyrocket", "rocket"}),
    ),
    "protesting": (
        frozenset({"gather", "gathering", "rally", "assemble"}),
        frozenset({"protest", "demonstration", "demonstrate", "march"}),
        frozenset({"riot", "clash", "uprising", "revolt", "unrest"}),
    ),
    "agreeing": (
        frozenset({"talk", "negotiate", "negotiation"}),
        frozenset({"agree", "agreement", "deal", "accord"}),
        frozenset({"sign", "ratify"}),
    ),
    "warning": (
        frozenset({"concern", "worry"}),
        frozenset({"fear", "alarm"}),
        frozenset({"panic", "terror", "dread"}),
    ),
}

LOADED: dict[str, dict[str, frozenset[str]]] = {
    # family -> colour -> words; words of one colour are no change
    "taking a place": {
        "neutral": frozenset({"take", "capture", "control", "recapture", "retake"}),
        "approving": frozenset({"liberate", "free", "liberation"}),
        "disapproving": frozenset({"seize", "occupy", "annex", "overrun", "occupation", "seizure"}),
    },
    "rule": {
        "neutral": frozenset({"government", "administration", "authority", "cabinet"}),
        "disapproving": frozenset({"regime", "junta", "clique", "dictatorship"}),
    },
    "armed people": {
        "neutral": frozenset({"fighter", "gunman", "soldier", "troop", "combatant"}),
        "partisan": frozenset({"rebel", "militant", "insurgent", "separatist"}),
        "approving": frozenset({"defender", "hero", "patriot", "liberator"}),
        "disapproving": frozenset({"terrorist", "thug", "bandit", "mercenary", "occupier"}),
    },
    "saying": {
        "neutral": frozenset({"say", "state", "note", "tell", "report", "add"}),
        "doubting": frozenset({"claim", "allege", "assert", "contend", "maintain"}),
        "exposing": frozenset({"admit", "concede", "confess", "acknowledge", "reveal"}),
    },
    "criticising": {
        "neutral": frozenset({"criticise", "criticize", "question", "fault"}),
        "fierce": frozenset(
            {"slam", "blast", "condemn", "denounce", "attack", "lash", "rip", "decry"}
        ),
    },
    "fighting": {
        "neutral": frozenset({"war", "conflict", "fighting", "hostility"}),
        "official": frozenset({"operation", "campaign", "intervention"}),
        "disapproving": frozenset({"invasion", "aggression", "assault", "onslaught"}),
    },
    "killing": {
        "neutral": frozenset({"kill", "die", "death"}),
        "official": frozenset({"neutralise", "neutralize", "eliminate", "liquidate"}),
        "disapproving": frozenset({"murder", "slaughter", "massacre", "execute", "assassinate"}),
    },
    "protesters": {
        "neutral": frozenset({"protester", "demonstrator", "marcher", "crowd"}),
        "disapproving": frozenset({"rioter", "mob", "hooligan", "agitator"}),
        "approving": frozenset({"activist", "campaigner"}),
    },
    "a killing": {
        "neutral": frozenset({"incident", "event"}),
        "grave": frozenset({"attack", "massacre", "atrocity", "crime"}),
    },
    "newcomers": {
        "neutral": frozenset({"migrant", "newcomer", "arrival"}),
        "approving": frozenset({"refugee"}),
        "disapproving": frozenset({"illegal", "invader", "alien"}),
    },
    "plans": {
        "neutral": frozenset({"plan", "proposal", "initiative"}),
        "disapproving": frozenset({"scheme", "plot", "ploy", "conspiracy"}),
    },
    "barriers": {
        "neutral": frozenset({"zone", "area"}),
        "approving": frozenset({"shield", "haven"}),
    },
    "payments": {
        "neutral": frozenset({"payment", "fee", "donation"}),
        "disapproving": frozenset({"bribe", "kickback", "handout"}),
    },
    "change of rule": {
        "approving": frozenset({"revolution", "uprising"}),
        "disapproving": frozenset({"coup", "putsch", "mutiny", "riot"}),
    },
}

OPPOSITES: tuple[tuple[frozenset[str], frozenset[str]], ...] = tuple(
    (frozenset(left.split()), frozenset(right.split()))
    for left, right in (
        ("accept adopt approve pass endorse", "reject refuse decline veto"),
        ("agree", "disagree refuse"),
        ("allow permit let enable", "forbid ban prohibit prevent block bar"),
        ("confirm admit acknowledge affirm", "deny refute dispute"),
        ("support back favor favour", "oppose resist"),
        ("praise welcome applaud", "criticise criticize condemn denounce"),
        ("win", "lose"),
        ("rise increase grow climb expand", "fall decrease drop decline shrink sink"),
        ("raise lift boost", "lower cut reduce slash"),
        ("begin start open launch", "end finish close cease stop"),
        ("arrive enter come join", "leave depart exit quit"),
        ("attack", "defend"),
        ("advance", "retreat withdraw"),
        ("build create establish found construct", "destroy demolish dissolve abolish"),
        ("succeed", "fail"),
        ("live survive", "die perish"),
        ("born", "died dead"),
        ("birth", "death"),
        ("buy purchase", "sell"),
        ("remember", "forget"),
        ("find discover", "lose miss"),
        ("love like adore", "hate dislike despise detest"),
        ("marry", "divorce"),
        ("hire appoint employ", "fire dismiss sack"),
        ("include", "exclude omit"),
        ("attend", "miss skip boycott"),
        ("release free", "detain imprison jail arrest"),
        ("acquit", "convict"),
        ("unite merge", "split separate divide"),
        ("strengthen", "weaken"),
        ("improve", "worsen deteriorate"),
        ("safe", "dangerous unsafe"),
        ("guilty", "innocent"),
        ("alive living", "dead deceased late"),
        ("true", "false untrue"),
        ("possible", "impossible"),
        ("legal lawful", "illegal unlawful"),
        ("high", "low"),
        ("large big huge great", "small little tiny minor"),
        ("long", "short"),
        ("old ancient", "new modern young recent"),
        ("early", "late"),
        ("first", "last final"),
        ("good", "bad poor"),
        ("best", "worst"),
        ("more", "less few"),
        ("most", "least"),
        ("many numerous several", "few"),
        ("all every always", "none never"),
        ("rich wealthy", "poor"),
        ("strong", "weak"),
        ("major main", "minor"),
        ("public", "private"),
        ("male man boy he", "female woman girl she"),
        (
            "father son brother husband uncle actor king",
            "mother daughter sister wife aunt actress queen",
        ),
        ("married", "unmarried single divorced"),
        ("happy", "sad unhappy"),
        ("popular", "unpopular obscure unknown"),
        ("successful", "unsuccessful failed"),
        ("positive favorable favourable", "negative unfavorable unfavourable"),
        ("north northern", "south southern"),
        ("east eastern", "west western"),
        ("hot warm", "cold cool"),
        ("hard difficult", "easy simple"),
        ("present", "absent"),
        ("victory win", "defeat loss"),
        ("friend ally", "enemy foe rival opponent"),
        ("fictional fictitious imaginary", "real actual factual"),
        ("fiction", "nonfiction"),
        ("amateur", "professional"),
        ("domestic", "foreign"),
        ("urban", "rural"),
        ("peace", "war"),
        ("day", "night"),
        ("before", "after"),
        ("up", "down"),
        ("inside within", "outside"),
        ("above over", "below under"),
        ("with", "without"),
        ("majority", "minority"),
        ("maximum", "minimum"),
        ("solo alone", "together jointly"),
        ("sequel", "prequel"),
        ("protagonist hero", "antagonist villain"),
        ("voluntary willingly", "forced involuntary unwillingly"),
        ("full", "empty partial"),
        ("rare", "common frequent"),
        ("secret", "open public"),
    )
)
"""Pairs of sets: a word of the one reverses a word of the other."""

CONVERSES: tuple[tuple[str, str], ...] = (
    ("buy", "sell"),
    ("lend", "borrow"),
    ("lead", "follow"),
    ("employ", "serve"),
    ("precede", "follow"),
    ("teach", "learn"),
    ("own", "belong"),
)
"""Verbs that tell one event with its roles exchanged."""

CERTAINTY: dict[str, float] = {
    # how sure the statement is that the word stands in; a plain statement is 1
    **dict.fromkeys(("reportedly", "allegedly", "purportedly", "supposedly", "ostensibly"), 0.5),
    **dict.fromkeys(("apparently", "seemingly", "evidently", "presumably"), 0.6),
    **dict.fromkeys(("possibly", "perhaps", "maybe", "conceivably", "potentially"), 0.3),
    **dict.fromkeys(("probably", "likely"), 0.7),
    **dict.fromkeys(("alleged", "purported", "suspected", "presumed", "reported"), 0.5),
    **dict.fromkeys(("unconfirmed", "unverified"), 0.3),
    **dict.fromkeys(("possible", "potential"), 0.4),
    **dict.fromkeys(("almost", "nearly", "virtually", "practically", "partly", "partially"), 0.8),
    **dict.fromkeys(("may", "might", "could"), 0.4),
    **dict.fromkeys(("should", "ought"), 0.6),
}
"""Adverbs, adjectives and modals. "would" and "will" are weighed against each other separately."""

RAISING: dict[str, float] = {
    **dict.fromkeys(("appear", "seem", "tend"), 0.6),
    **dict.fromkeys(("claim", "purport", "profess"), 0.5),
    **dict.fromkeys(("try", "attempt", "seek", "hope", "want"), 0.4),
    **dict.fromkeys(("plan", "intend", "prepare", "threaten", "consider"), 0.5),
    "likely": 0.7,
}
"""Words in the active voice over an infinitive ("appeared to retreat", "plans to leave")."""

RAISING_PASSIVE: dict[str, float] = {
    **dict.fromkeys(("believe", "think", "say", "report", "rumour", "rumor", "allege"), 0.5),
    **dict.fromkeys(("expect", "suppose", "understand", "estimate"), 0.6),
}
"""Verbs in the passive voice over an infinitive ("is said to have left")."""

DENIERS = frozenset({"fail", "refuse", "decline", "deny", "stop", "avoid", "forget", "cease"})
"""Verbs that deny the infinitive, gerund or clause under them."""

DENYING_NOUNS = frozenset({"failure", "refusal", "inability", "unwillingness", "reluctance"})
"""Nouns that deny the infinitive under them ("the failure to explain")."""

NEGATIVES = frozenset({"no", "not", "n't", "never", "neither", "nor", "none", "nobody", "nothing"})
NEGATIVE_ADJECTIVES = frozenset({"unable", "unwilling", "impossible", "unlikely", "incapable"})
NEARLY_NEGATIVE = frozenset({"hardly", "scarcely", "barely", "rarely", "seldom"})
FOCUS = frozenset({"only", "merely", "just", "simply", "solely", "purely", "alone", "necessarily"})
"""After "not" these move the point elsewhere: "not merely a measure" is a measure still."""

QUANTIFIERS: dict[str, float] = {
    "no": 0.0,
    "few": 0.2,
    "some": 0.4,
    "several": 0.4,
    "many": 0.6,
    "most": 0.8,
    "all": 1.0,
    "every": 1.0,
    "each": 1.0,
}
"""How much of a whole a determiner claims."""
