"""The values that flow between the stages. They import nothing of ours.

Every type is a frozen, slotted dataclass: a value, not a row. Offsets are half-open, count Unicode
code points and refer to ``Article.text``. Identifiers are content-addressed: they depend on what
they name and never on the order of the input. Scores, shares and probabilities lie in 0..1 and are
rounded with :func:`rounded` where they are made, so that the same input gives the same bytes.

Each module holds the values of one part of the flow; all are imported from here.
"""

from retold.model.annotations import (
    Act,
    Aside,
    AsideKind,
    Attribution,
    Credit,
    CreditForm,
    DateMention,
    Document,
    FigureMention,
    Hedge,
    NameKind,
    NameMention,
    Sentence,
    SourceKind,
    Speech,
    Token,
)
from retold.model.apparatus import (
    Agreement,
    Apparatus,
    Change,
    ChangeKind,
    Claim,
    ClaimSource,
    Figure,
    FigureReading,
    Handing,
    Quotation,
    QuotationStatus,
    Reading,
    Row,
    Utterance,
    Version,
)
from retold.model.articles import Article, Cut, CutKind, Reason, Rejected, Span, article_id
from retold.model.check import Check, CheckedSentence, Doubt
from retold.model.collation import Collation, Tradition
from retold.model.dossier import SCHEMA, Dossier, ModelFile, Run, StoryDossier
from retold.model.makeup import Derivation, MakeUp, Passage
from retold.model.matches import Edit, Match, MatchKind, Merge, Story, make_match
from retold.model.shared import identify, rounded
from retold.model.stemma import (
    Alternative,
    Edge,
    Evidence,
    EvidenceKind,
    HypotheticalAncestor,
    Kinship,
    Origins,
    Stemma,
    Undecided,
)

__all__ = [
    "SCHEMA",
    "Act",
    "Agreement",
    "Alternative",
    "Apparatus",
    "Article",
    "Aside",
    "AsideKind",
    "Attribution",
    "Change",
    "ChangeKind",
    "Check",
    "CheckedSentence",
    "Claim",
    "ClaimSource",
    "Collation",
    "Credit",
    "CreditForm",
    "Cut",
    "CutKind",
    "DateMention",
    "Derivation",
    "Document",
    "Dossier",
    "Doubt",
    "Edge",
    "Edit",
    "Evidence",
    "EvidenceKind",
    "Figure",
    "FigureMention",
    "FigureReading",
    "Handing",
    "Hedge",
    "HypotheticalAncestor",
    "Kinship",
    "MakeUp",
    "Match",
    "MatchKind",
    "Merge",
    "ModelFile",
    "NameKind",
    "NameMention",
    "Origins",
    "Passage",
    "Quotation",
    "QuotationStatus",
    "Reading",
    "Reason",
    "Rejected",
    "Row",
    "Run",
    "Sentence",
    "SourceKind",
    "Span",
    "Speech",
    "Stemma",
    "Story",
    "StoryDossier",
    "Token",
    "Tradition",
    "Undecided",
    "Utterance",
    "Version",
    "article_id",
    "identify",
    "make_match",
    "rounded",
]
