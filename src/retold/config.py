"""Every threshold, with its unit and where it comes from.

One frozen dataclass a stage, gathered in :class:`Config`. What cannot change a result (number of
processes, progress) is not here: the configuration's hash keys what is stored.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ReadConfig:
    """How files become articles."""

    fields: tuple[tuple[str, str], ...] = ()
    """Pairs (Retold's field, the file's column) that override the usual names."""
    languages: tuple[str, ...] = ("en",)
    """ISO 639-1 codes that the later stages can read."""
    assume_language: str = ""
    """Skip detection and take every article as written in this language."""
    max_article_bytes: int = 32 << 20
    """Bytes of a file that holds one article, unpacked. Pages with their data URLs reach 10 MiB."""
    max_page_bytes: int = 8 << 20
    """Bytes of a page once scripts, styles and data URLs are out: ten times a large news page."""
    max_page_elements: int = 8_000
    """Elements of a page that are weighed to find its article; of larger pages the paragraphs of
    sentences are taken. News pages have some thousands; trafilatura's time grows by the square."""
    max_record_bytes: int = 16 << 20
    """Bytes of one record or line of a file of many."""
    max_json_bytes: int = 256 << 20
    """Bytes of a .json file, which is read whole; takes about six times as much memory."""
    max_text_characters: int = 1_000_000
    """Code points of one article's text: 13 times the longest of 37,554 news articles."""
    max_unpacked_bytes: int = 64 << 30
    """Bytes that a gzip or zstd file may unpack to."""
    max_expansion: int = 200
    """How many times larger a packed file may become; news text becomes 3 to 20 times larger."""
    min_bomb_bytes: int = 128 << 20
    """Bytes from which on ``max_expansion`` is watched."""
    max_listed: int = 100
    """Bad records of one file and one reason that are listed singly; the rest are counted."""
    min_language_probability: float = 0.85
    """Below this probability a detected language is a guess, and the first of ``languages`` is
    taken. Of 2,000 English snippets of 60 to 200 letters none is taken for another language at .82
    or more; sentences in German, French, Russian, Dutch and Ukrainian reach .96 (py3langid 0.4)."""
    min_english_words: float = 0.12
    """Share of English function words from which on a text is English and no model is asked: 99.5 %
    of 37,554 news articles, and no text in another language."""
    min_language_letters: int = 60
    """Letters that a text needs for its language to be told; with fewer it is taken as wanted."""
    max_title_words: int = 30
    """Words of a title line in plain text; 99.9 % of 37,554 headlines have 25 at most."""
    max_wrap_width: int = 132
    """Code points of the longest line of hard-wrapped text: the width of wide terminals."""


@dataclass(frozen=True, slots=True)
class ReuseConfig:
    """How verbatim and near passages are found."""

    shingle: int = 5
    """Words in a row that two texts must share to be compared, and that a passage grows from. Five
    is what Broder (1997) and most work on news reuse take: shorter runs are idiom, longer ones miss
    light edits."""
    shingle_articles: int = 500
    """Distinct texts: a shingle that stands in more proposes no pairs, as pairs grow with the
    square. Texts equal word for word count once, so that copies of one text never reach it; a pile
    of fewer texts than this has no cap, and there a shingle in every version of a story is what
    counts. Logged when it is hit."""
    gap: int = 12
    """Words without a counterpart at which a passage ends, less what equal words between them gain:
    half a sentence of news."""
    near_share: float = 0.6
    """Share of equal words in the longer side of a passage, 0..1; below it a passage is divided at
    its longest change. At 0.6, two words of five may differ: more is a rewrite, not light edits."""
    common_word_gain: float = 0.3
    """What an equal word without any rarity counts for when passages grow, in equal rare words,
    0..1; a word of ``full_gain_idf`` or above counts 1. Keeps passages from crawling on over "of
    the" and "in a"."""
    full_gain_idf: float = 3.0
    """Inverse document frequency in nats: the word stands in about 5 % of news articles."""
    passage_words: int = 6
    """Equal words that a passage has at least."""
    common_rate: float = 2.2
    """Nats of information a word of common wording carries, by rarity of words and word pairs in
    news: "at the time of writing it was not clear whether" has 2.5, stock phrases 1.7 to 2.3, a
    sentence of news 3 to 5."""
    passage_rarity: float = 5.0
    """Nats of information beyond the common rate that a passage of fewer than ``long_words`` has at
    least: odds of 150 to 1 against common wording. Among 50 articles on 50 events (BASIL) only one
    pair shares such a passage, and the two tell one event."""
    long_words: int = 12
    """Equal words from which on a passage counts however common its wording is. Between articles of
    different stories in BASIL this lets no passage in; the few stock phrases as long cover little
    of an article."""
    repeats: int = 16
    """Ways to pair the places of one shingle in two texts; with more, only the k-th with the
    k-th."""


@dataclass(frozen=True, slots=True)
class RewriteConfig:
    """How rewritten sentences are found."""

    accept: float = 0.55
    """Least probability of a match. On our fictional pairs, held out: see
    ``tools/fit_rewrite.py``."""
    least_content: float = 6.0
    """Least weight of a sentence, in units of idf: about two telling words. Own judgement."""
    candidate_weight: float = 18.0
    """Shared weight, in units of idf, from which more of it makes no better candidate: about two
    names and two rare words."""
    candidate_rank: float = 0.65
    """Cosine and shared weight (as a share of ``candidate_weight``) together from which two
    sentences are scored; what tells the same lies above it, nine in ten of other pairs below."""
    candidates: int = 3
    """Sentences of another article that one sentence is scored against at most, best first."""
    all_pairs: int = 150
    """Articles up to which every article is compared with every other."""
    neighbours: int = 30
    """In larger piles: articles that one article is compared with, nearest by tf-idf."""
    common: float = 0.2
    """In larger piles: share of the articles above which a term finds nobody."""


@dataclass(frozen=True, slots=True)
class StoriesConfig:
    """How articles are grouped into stories.

    A pair's score is ``derived + (1 - derived) * alike``: ``derived`` from the share of the shorter
    article that matches cover, ``alike`` from the words of the rest. The values were chosen on
    BASIL and ECB+ together, where neighbouring values score alike.
    """

    lead_words: int = 60
    """Words at the start of an article that tell what it is about: the lead of a news report."""
    lead_gain: float = 1.0
    """What an occurrence in the lead counts beyond one elsewhere, in occurrences."""
    least_idf: float = 1.5
    """Inverse document frequency in nats below which a word is left out: it stands in more than a
    fifth of news articles."""
    name_weight: float = 1.5
    """Weight of a term in a name, in weights of another term as rare: names tell events of one kind
    apart."""
    figures_weight: float = 0.15
    """Share of the likeness that rests on numbers alone, 0..1."""
    derived_from: float = 0.5
    """Share of the shorter article in matches, 0..1, up to which they may be stock background and
    prove nothing by themselves; the rest must tell the same event then."""
    derived_full: float = 0.8
    """Share of the shorter article in matches from which on it is the same text."""
    stock_words: int = 20
    """Words of a verbatim or near passage from which on it is left out when the rest of two
    articles is compared: a sentence of stock background makes no two events one."""
    cut: float = 0.15
    """Mean score between two groups below which they stay apart, 0..1."""
    cohesion: float = 0.6
    """Share of the mean score within a group of three or more that the mean score with another must
    reach: two floods are less alike than the reports of each. Cosines within ECB+ stories are
    about 0.45, between two events of one kind 0.15 to 0.3."""
    cohesion_cap: float = 0.45
    """Mean score within a group above which it counts as this much, so that copies of a text do not
    shut its rewrites out."""
    straggler: float = 0.5
    """Share of ``cut`` that each single article's mean score with the other group must reach: no
    article joins a story through its neighbour alone."""


@dataclass(frozen=True, slots=True)
class StemmaConfig:
    """How derivation is inferred.

    Where a setting says "read", it was chosen while reading the results on a handful of real
    articles, on the bundled fictional example and on simulated traditions. It is not fitted on data
    of its own, so that results on those three are no independent check of it.
    """

    method: str = "evidence"
    """A name in :data:`retold.stemma.METHODS`."""
    rare_pair: float = 6.0
    """Inverse document frequency (nats) from which on two words in a row are a rare turn: they
    stand in fewer than 1 of 400 of the lexicon's articles."""
    passage_weight: float = 0.15
    """Nats of kinship for each nat of rarity in a word-for-word run. Tempered: words of one passage
    are not independent. About nine ordinary words give 2 to 3 nats."""
    passage_most: float = 6.0
    """Nats that one word-for-word run lends at most: a copied passage is one act of copying, and
    that a version has it from elsewhere is never less likely than 1 in 400. Read."""
    wording_weight: float = 0.12
    """Nats of kinship for each nat of rarity in a shared rare turn of two or more words."""
    wording_most: float = 1.5
    """Nats that one rare turn lends at most: two writers may hit on it independently."""
    statement_weight: float = 0.7
    """Nats of kinship that a statement in two versions lends: reports of one event share twice as
    many statements where they share a source. Less where more versions have it."""
    statement_least: float = 0.4
    """Factor on that where every text has the statement; 1 where two have it."""
    vague_statement: float = 0.3
    """Factor on that where the statement names no figure, date, name or quotation."""
    mutual_least: float = 0.3
    """Share of the checkable sentences of the poorer of two versions which the other has too, up to
    which the statements that they share show no kinship: reports of one event have its main facts
    in common anyway. Of pairs of outlets that report one event for themselves, three of four share
    less than .33 and half less than .24 (75 pairs, from the triplets of BASIL, Fan et al. 2019)."""
    mutual_full: float = 0.8
    """Such a share from which on they count in full: about what a retelling in other words leaves
    of its source in the bundled example. Between the two they count in proportion. Chosen by
    judgement, then checked on 25 of those triplets: of five settings four gave nearly the same, and
    a least of .2 found more common sources than there are."""
    error_weight: float = 2.5
    """Nats for a wrong figure or name that a minority shares (an indicative error, Maas 1927)."""
    error_versions: int = 4
    """Versions of a row that must give a reading before a minority among them counts as wrong."""
    feature_least: float = 0.02
    """Nats below which a feature is left out."""
    kin_cost: float = 2.2
    """Nats against each derivation before anything is known: of two versions of a story one derives
    from the other, or both from one source, in about one case of ten. By judgement, and read."""
    loss_cost: float = 0.1
    """Nats for each nat of shared features that a child would have dropped."""
    loss_most: float = 1.2
    """Nats for all that is dropped: to cut is routine, and cheap however much is cut."""
    own_cost: float = 0.3
    """Nats for each checkable sentence that parent and child each have and the other lacks (the
    lesser count of the two): a child adds or drops, both at once point to a common source."""
    own_most: float = 2.0
    """Nats for all of these."""
    unseen_cost: float = 1.0
    """Nats against a source that nobody collected, beyond the further derivation that it takes: in
    all odds of 1 to 25 for each one supposed. By judgement, and read."""
    unseen_most: int = 40
    """Hypothetical ancestors that are supposed in one story at most."""
    unseen_family: int = 12
    """Versions that are put below one new unseen source at a time; more join it where it suits
    them. A source that had all that many versions have would explain anything. Read."""
    group_least: float = 0.5
    """Nats by which kin below an unseen source must share more than chance to get one of their
    own. Read."""
    group_margin: float = 1.15
    """How many times nearer to each other than to the rest such kin must be. Read."""
    clock_wrong: float = 0.03
    """Probability that the time of a child lies before its parent's: stamps of updates, time
    zones."""
    clock_scale: float = 900.0
    """Seconds of difference at which a time counts for 63 % of its weight: clocks differ by
    minutes."""
    credit_weight: float = 3.4
    """Nats where a version credits the agency or outlet whose report the parent is: about .6 of
    copies credit and .02 of other versions do, by the judgement of those who read pairs."""
    shared_credit: float = 0.7
    """Nats for each further version of a group that credits the same report, which is not at
    hand."""
    commentary_weight: float = 0.2
    """Nats for each comment that one side has added to what both tell: comment is added, not
    cut."""
    commentary_most: float = 0.8
    """Nats for all comments."""
    longer_weight: float = 0.36
    """Nats for the longer text where one holds all of the other: log(.59 / .41), measured on 1,077
    pairs of updates in Reuters-21578, where the longer was the earlier in 59 %."""
    selective_most: float = 5.0
    """Nats against a child that would have kept nothing of what its parent took from elsewhere."""
    decided_probability: float = 0.8
    """Probability from which on an edge is decided."""
    decided_margin: float = 0.5
    """How much more probable than the runner-up a decided edge must be."""
    second_share: float = 0.08
    """Share of a version's words that a second source must account for, beyond the first."""
    second_weight: float = 4.0
    """Nats of shared features that a second source must account for, beyond the first."""
    second_passage: float = 3.0
    """Nats of a word-for-word run from which on it counts for a second source: about 15 words.
    Read."""
    second_cost: float = 3.5
    """Nats against a second source: about one version in thirty draws on two. By judgement, and
    read."""
    content_share: float = 0.5
    """What content counts in the affinity of two versions; wording counts the rest."""
    pairs_all: int = 60
    """Versions up to which the kinship of every pair is listed."""
    pairs_nearest: int = 12
    """In larger stories, how many nearest relatives of each version are listed."""
    kin_spans: int = 8
    """Shared wordings that are shown for a pair of versions at most."""
    conflict_least: float = 0.1
    """By what share a version must have more content in common with one pair of kin than with
    another before wording shared with the other is a conflict."""
    conflict_weight: float = 1.0
    """Nats of such wording from which on it is said."""


@dataclass(frozen=True, slots=True)
class CollateConfig:
    """How readings are aligned and changes typed."""

    row_coverage: float = 0.6
    """Share of the shorter of two sentences that passages must cover for them to tell the same."""
    row_faint: float = 0.1
    """Probability of a rewrite below which a pair of sentences counts as 0 when a row is judged."""
    row_judged: int = 30
    """Versions up to which the weaker pairs are scored; in a larger story they count as 0."""
    row_link: float = 0.55
    """Probability from which two sentences are one row."""
    row_link_many: float = 0.3
    """Mean probability over very many pairs of versions from which two groups are one row. For n
    pairs it is this and the n-th part of the difference to ``row_link``: pairs that agree confirm
    one another."""
    row_spread: float = 0.2
    """Share of a row's versions (and always one) that may spread what it tells over two
    sentences."""
    row_reach: int = 2
    """How far apart, in sentences, two sentences of one version may stand in a row."""
    row_sentences: int = 3
    """Sentences that one version may have in a row at most."""
    row_second: float = 0.7
    """Probability from which a sentence stands in a second row, of one other version: higher than
    for its own row, as it has a place already."""
    row_second_many: float = 0.55
    """The same, as a mean, for a row of very many versions; in between as for ``row_link``."""
    row_further: float = 0.2
    """Mean probability from which sentences that have a row each make a further one together.
    Outlets that write for themselves bundle several statements in a sentence: of the pairs between
    .2 and .55 more than half shared one (eval/data/basil_pairs.jsonl, even events)."""
    row_surer: float = 0.35
    """Share of the probability of either side's surest partner in the other's version that such a
    pair must have: what is told sentence by sentence is not told a second time beside it."""
    row_hint: float = 0.15
    """Mean probability over all pairs of versions of two rows from which some of their sentences
    may make a further one."""
    row_apart: int = 3
    """Versions that have two rows side by side, from which on no pair of them makes a further
    row."""
    row_extra: int = 2
    """Second rows that a sentence may stand in, and rounds in which further ones are made."""
    all_pairs: int = 6
    """Distinct readings of a claim up to which all are compared with each other; of more, each with
    the medoid, so that the cost grows with the readings and not with their square."""
    least_overlap: float = 0.1
    """Share of idf weight that two sentences of a claim must have in common to be compared."""
    least_probability: float = 0.35
    """Changes less probable than this are not shown: below it more were wrong than right when a
    few dozen were read by hand."""
    contradicts: float = 0.5
    """Probability from which a change of figure, date, name, role or polarity contradicts."""
    quote_likeness: float = 0.64
    """Likeness from which two quoted sentences are one, reworded: the mean of the share of their
    idf weight that both have and of how far they are built alike. With those below chosen on
    generated retellings (eval/quotecases.py) whose seeds the measurement does not use."""
    quote_likeness_context: float = 0.52
    """The same for quotations of one speaker in one claim."""
    quote_reported: float = 0.5
    """Share of idf weight from which reported speech gives what another version quotes."""
    quote_reported_context: float = 0.35
    """The same for one speaker in one claim."""
    quote_rarity: float = 5.0
    """Idf (natural log, summed) that two quotations must share beyond a mere frame ("we will
    continue to")."""
    figure_context: float = 0.5
    """Share of idf weight of the sentences around two figures outside a common claim from which
    they count the same."""
    telling: int = 20
    """Most telling changes that a story lists."""
    wholly_derived: float = 0.8
    """Share of a version's words that stand in others, 0..1, from which it is wholly derived. METER
    (Gaizauskas et al. 2001) calls so a text whose whole content is taken; a new lead, a credit and
    some linking words are left to it."""
    partially_derived: float = 0.2
    """The same from which a version is partially derived: more than a quotation or two."""
    verbatim_words: int = 12
    """Words between two edits of a near match from which on they count as verbatim: a clause."""


@dataclass(frozen=True, slots=True)
class ScanConfig:
    """How the copies in a corpus are found.

    Values were chosen on planted corpora (``bench/corpus.py``) where no other source is named.
    """

    shingle: int = 5
    """Words in a row that are sampled and that passages grow from; see
    :attr:`ReuseConfig.shingle`."""
    rate: int = 8
    """One run of words in so many is kept in a sketch: 50 of a news article of 400 words."""
    floor: int = 8
    """Runs that the sketch of a short article keeps at least."""
    shared: int = 3
    """Runs that two sketches must share for their articles to be aligned."""
    long: int = 32
    """Articles: of a run that more of them hold, only the leaders are paired with the others."""
    leaders: int = 2
    """First articles, by id, of those that hold one run. A copy among thousands is aligned with
    these alone."""
    stock_articles: int = 25
    """Articles that hold a run of words at least for it to be stock."""
    stock_outlet: int = 5
    """The same where nine in ten of them are of one outlet."""
    stock_samples: int = 8
    """Pairs of these articles that are looked at."""
    stock_overlap: float = 0.2
    """Share of the smaller sketch below which two articles have little in common, 0..1; a run is
    stock where that holds for more than half of the pairs."""
    stock_same_overlap: float = 0.4
    """The same where what a pair has in common is what the other pairs have: a long footer under
    short items. Early and late wordings of one agency's story share a third."""
    repeats: int = 16
    """Places of one run of words in an article that are followed up."""
    opening: float = 2.0
    """What a difference of one word costs when passages grow, in equal words."""
    lengthening: float = 0.5
    """What each further word of it costs."""
    drop: float = 10.0
    """Equal words by which growth may fall below its best before it ends."""
    gap: int = 20
    """Words of the longest difference within a passage: a sentence of news."""
    near_share: float = 0.5
    """Share of equal words in the longer side of a passage, 0..1; below it a passage is divided."""
    passage_words: int = 10
    """Equal words that a passage has at least."""
    containment: float = 0.3
    """Share of the words of one of two articles that must stand in the other for the two to be
    versions of one text, 0..1; stock does not count."""
    verified_words: int = 20
    """Equal words that they share at least."""
    anchors: int = 8
    """Members with most matches that stand for a group when it is to be joined with another: more
    than half of the pairs of anchors must be versions. Pairs of copies among thousands, which are
    aligned with :attr:`leaders` alone, are not asked."""
    carriers: int = 3
    """Articles that carry a passage at least for it to be listed."""
    passages: int = 100_000
    """Passages that are listed at most, those in most articles first."""
    places: int = 100
    """Carriers of a passage that are listed at most, the earliest first."""


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration of a run."""

    read: ReadConfig = field(default_factory=ReadConfig)
    reuse: ReuseConfig = field(default_factory=ReuseConfig)
    rewrite: RewriteConfig = field(default_factory=RewriteConfig)
    stories: StoriesConfig = field(default_factory=StoriesConfig)
    stemma: StemmaConfig = field(default_factory=StemmaConfig)
    collate: CollateConfig = field(default_factory=CollateConfig)
    scan: ScanConfig = field(default_factory=ScanConfig)
    seed: int = 0

    def digest(self) -> str:
        """Return ``sha256:`` and the hash of every value, in canonical JSON."""
        return digest(self)


def digest(*configs: Any) -> str:
    """Return ``sha256:`` and the hash of every value of some of the classes above."""
    return f"sha256:{hashlib.sha256(canonical(*configs).encode()).hexdigest()}"


def canonical(*configs: Any) -> str:
    """Return every value of some of the classes above as canonical JSON, by class."""
    values = {type(c).__name__: dataclasses.asdict(c) for c in configs}
    return json.dumps(values, sort_keys=True, separators=(",", ":"))
