"""The thresholds of ``collate``."""

from __future__ import annotations

from dataclasses import dataclass


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
    """Probability from which a change of figure, date, name, role or polarity contradicts; or what
    a judge says that the user brought."""
    judged_pairs: int = 8
    """Pairs of sentences of a claim that such a judge reads at most, those of most versions first:
    all pairs of four readings, and two. A bound on the time, by judgement."""
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
    verbatim_words: int = 12
    """Words between two edits of a near match from which on they count as verbatim: a clause."""
    own_words: int = 12
    """Words of a version's own in a row from which on they are content rather than the seams of an
    edit or a linking phrase: a clause."""
    own_row: float = 0.5
    """Probability of a row from which on what a version says in it is told by the others too."""
    own_even: float = 0.019
    """Share of a version's words in such passages of its own at which it is as probably derived
    wholly as partially, 0..1. With the next two fitted to grown traditions of the base stories with
    an even number (eval/traditions), where it tells .84 of 500 versions rightly."""
    own_faint: float = 0.01
    """Share added to that, as a passage of its own may also have been missed."""
    own_slope: float = 1.17
    """Nats by which the odds of partially to wholly grow with each nat of that share."""
    derivation_decided: float = 0.7
    """Probability from which on the class of a version is decided: without a passage of its own it
    is derived wholly in .77 of all cases."""
