"""Words of commentary: what language models and leader writers say of any event.

Sentences that share only these share nothing. The list is our own, made from the phrases that such
texts lean on ("raises questions about", "adds another layer of complexity", "remains to be seen");
an entry is a stem as :func:`retold.rewrite.stems.stem` makes it.
"""

from __future__ import annotations

from retold.rewrite.stems import stem

_WORDS = """
underscore underscores underscored underscoring highlight highlights highlighted highlighting
emphasis emphasize emphasized emphasizing emphasise emphasised stress stressed interplay complex
complexity complexities complicated nuance nuanced multifaceted layer layers question questions
raise raises raised raising implication implications ramification ramifications consequence
consequences contrast contrasts sharply stark starkly reminder testament beacon glimmer hallmark
cornerstone pivotal crucial critical critically significant significantly significance shift
shifts shifting turning landscape narrative narratives discourse rhetoric perspective perspectives
broader wider further furthermore moreover however meanwhile nevertheless despite amid amidst
ongoing continue continues continued continuing evolving evolve uncertain uncertainty
uncertainties fragile fraught delicate balance balancing trajectory long-term short-term potential
potentially likely unlikely possibility impact impacts effect effects reflect reflects reflected
reflecting reflection signal signals signaled signalling signaling symbol symbolic symbolize
symbolizes represent represents representing serve serves serving mark marks marked marking remain
remains remained remaining concern concerns concerned debate debates controversy controversial
skepticism scepticism skeptical scrutiny intense mixed reaction reactions critics criticism
advocates proponents opponents observers analysts experts stakeholders community communities
resilience commitment dedication determination effort efforts approach approaches strategy
strategic strategically measure measures focus focused focusing challenge challenges challenging
tension tensions heightened escalate escalating escalation dynamic dynamics vision framework
context ultimately whether address addressing ensure ensuring fuel fueling fuelling spark sparking
sparked dialogue importance important need role aim aimed aims seek seeks seeking seen view viewed
viewing deeply deepening deep divide divided lasting unprecedented notable notably remarkable fate
hang hanging echo echoing echoes resonate resonates unfold unfolds unfolding step steps moment
times era future past history hope hopes promise promises fear fears situation development
developments issue issues matter matters aspect aspects factor factors nature sense meaning
"""

COMMONPLACES = frozenset(map(stem, _WORDS.split()))
"""Stems of words of commentary."""
