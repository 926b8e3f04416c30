"""The thresholds of ``stemma``."""

from __future__ import annotations

from dataclasses import dataclass


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
    passage_weight: float = 0.08
    """Nats of kinship for each nat of rarity in a word-for-word run. Tempered: words of one passage
    are not independent. About nine ordinary words give 1 to 2 nats. Chosen on grown traditions of
    the base stories with an even number: .15, as before, left probabilities too sure."""
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
    own_cost: float = 0.6
    """Nats for each checkable sentence that parent and child each have and the other lacks (the
    lesser count of the two): a child adds or drops, both at once point to a common source."""
    own_most: float = 3.0
    """Nats for all of these."""
    unseen_cost: float = 1.5
    """Nats against a source that nobody collected, beyond the further derivation that it takes: in
    all odds of 1 to 40 for each one supposed. Chosen on grown traditions of the base stories with
    an even number; with 1 edges were told as well, but more sources
    were supposed than there are."""
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
    report_first: float = 3.4
    """Nats for a version to derive from none where it is an agency's own report, or one that others
    credit. By judgement: as much as a credit to it counts."""
    shared_credit: float = 0.7
    """Nats for each further version of a group that credits the same report, which is not at
    hand."""
    commentary_weight: float = 0.2
    """Nats for each comment that one side has added to what both tell: comment is added, not
    cut."""
    commentary_most: float = 0.8
    """Nats for all comments."""
    longer_first: float = 0.78
    """How often the longer text is the earlier where it holds all of a clearly shorter one: in 141
    of 180 pairs of updates in Reuters-21578 (within three days, at least .85 of the shorter in the
    longer, which is a quarter longer)."""
    polished_later: float = 0.8
    """How often the version with clearly longer words is the later, of two that tell the same. By
    judgement: less than was counted of rewriting by language models, which make words longer in 9
    of 10 texts (1,400 pairs, MixSet), and more than of editing by people, who do not."""
    edition_first: float = 0.97
    """How often the lower number is that of the earlier edition. By judgement."""
    code_first: float = 0.8
    """How often the version with an agency's codes for machines is the earlier where the other has
    none: in 39 of 48 such pairs of updates within a day, from Reuters-21578."""
    days_first: float = 0.85
    """How often the days tell the order where those that only one version names all lie after those
    that only the other names: in 24 of 27 such pairs of updates, from Reuters-21578."""
    selective_most: float = 5.0
    """Nats against a child that would have kept nothing of what its parent took from elsewhere."""
    shape_weight: float = 0.5
    """What counts of the nats by which the shape of the tree tells its root: half, as the shape is
    itself uncertain. Chosen on grown traditions of the base stories with an even number, where it
    found the root in .50 (without: .38, in full: .53), and on simulated ones, where in full 2 of
    109 edges were decided wrongly without dates, by half none of 80."""
    decided_probability: float = 0.8
    """Probability from which on an edge is decided."""
    decided_margin: float = 0.5
    """How much more probable than the runner-up a decided edge must be."""
    second_share: float = 0.08
    """Share of a version's words that a second source must account for, beyond the first."""
    second_weight: float = 2.2
    """Nats of shared features that a second source must account for, beyond the first."""
    second_passage: float = 1.6
    """Nats of a word-for-word run from which on it counts for a second source: about 15 words.
    Read."""
    second_cost: float = 4.0
    """Nats against a second source: about one version in fifty draws on two. By judgement, and
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
