"""The words that attribute: verbs, nouns and phrases of saying, believing and showing.

The lists were put together for this project from the grammar of reporting clauses (Quirk et al. 1985,
14.28-35, 16.30-31): verbs that may frame direct speech, verbs that take a *that*-clause, and verbs
that report by a noun phrase alone ("stressed the need"), which count only with a source that can speak.
"""

from __future__ import annotations

SAY = frozenset(
    """
    say tell add ask answer reply respond retort state declare announce explain note remark comment
    observe write tweet post retweet continue conclude insist argue claim assert maintain contend
    allege acknowledge admit concede confess confirm deny warn caution urge exclaim shout yell scream
    cry whisper mutter murmur joke quip laugh smile sneer scoff snap fume thunder boom bark growl
    recall remember reflect lament complain grumble sigh boast brag gush muse opine suggest propose
    predict promise pledge vow swear report recount relate testify reveal disclose divulge stress
    emphasize emphasise underline underscore highlight reiterate repeat echo agree disagree object
    protest counter begin start interject interrupt inquire enquire wonder advise plead beg appeal
    implore pray preach proclaim pronounce intone chant sing recite quote read think believe guess
    figure joke tease deadpan crack riff rail rant blast slam lash chide scold rebuke blurt stammer
    offer volunteer elaborate clarify summarize summarise point specify signal email text message
    telegraph cable charge accuse denounce decry deplore praise hail welcome bemoan demand order
    command instruct assure reassure advise inform notify concur theorize theorise speculate posit
    hint imply intimate mention assess react claim blog mock taunt gripe rejoin pipe crow beam enthuse question tout counsel
    recommend jeer heckle chuckle grin shrug nod venture muse insist groan moan marvel brief
    """.split()
)
"""Verbs that may frame direct speech ("...", he riffed)."""

REPORT = frozenset(
    """
    say tell add answer reply respond state declare announce explain note remark comment observe write
    tweet conclude insist argue claim assert maintain contend allege acknowledge admit concede confess
    confirm deny warn caution urge joke recall lament complain boast suggest propose predict promise
    pledge vow swear report recount testify reveal disclose stress emphasize emphasise underline
    underscore highlight reiterate repeat agree object protest wonder advise proclaim think
    believe guess figure reckon feel hope fear expect suspect doubt assume suppose estimate calculate
    judge understand know realize realise learn discover find hold imagine dream worry speculate
    theorize theorise posit hint imply intimate mention assure reassure inform notify remind persuade
    convince show indicate demonstrate prove signal mean decide determine rule order demand insist
    recommend request require advise charge accuse ask read clarify specify point teach forecast
    project foresee anticipate envisage consider concur stipulate quip
    """.split()
)
"""Verbs that take a clause as what was said or thought."""

PROMISE = frozenset(
    """
    promise pledge vow swear threaten offer claim agree refuse decline ask demand urge call beg warn
    advise order instruct propose plan intend hope want expect seek vote decide resolve tell
    """.split()
)
"""Verbs that report by an infinitive ("vowed to rebuild the pier")."""

STRESS = frozenset(
    """
    emphasize emphasise stress underline underscore highlight announce declare report reveal disclose
    describe deny confirm cite mention note acknowledge admit allege claim propose suggest recommend
    predict promise pledge criticize criticise condemn denounce praise welcome reject dismiss dispute
    oppose support endorse back question defend justify warn oppose doubt fear blame accuse outline
    reiterate repeat recall demand urge favor favour recommend
    """.split()
)
"""Verbs that report by a noun phrase; the source must be able to speak."""

SHOW = frozenset(
    "show indicate demonstrate prove mean find suggest underscore highlight signal".split()
)
"""Verbs that also join facts ("the figures show"): a source that cannot speak makes them doubtful."""

LIGHT = frozenset("cast express voice raise make issue give offer share have".split())
"""Verbs that lend themselves to a noun of saying ("cast doubt on", "voiced the hope that")."""

NAME_AS = frozenset("call dub label term brand describe characterize characterise".split())
"""Verbs that put a name on something ("he called it ...")."""

NOUNS = frozenset(
    """
    claim assertion statement allegation accusation argument contention suggestion warning promise
    pledge vow insistence admission acknowledgment acknowledgement announcement declaration belief view
    opinion hope fear doubt suspicion expectation prediction forecast estimate report rumour rumor
    denial confirmation conclusion remark comment complaint theory charge assurance notion idea
    assumption concern conviction confidence finding observation proposal demand call decision testimony question scepticism skepticism criticism
    """.split()
)
"""Nouns that take a clause as what was said or thought ("his claim that ...")."""

SPEAKERS = frozenset(
    """
    person people man woman boy girl child student teacher pupil professor doctor nurse lawyer attorney
    judge officer official spokesman spokeswoman spokesperson representative president chancellor king
    queen prince princess minister premier secretary ambassador diplomat envoy governor mayor senator
    congressman congresswoman lawmaker legislator politician candidate nominee leader chief head chair
    chairman chairwoman chairperson director manager executive founder owner partner editor reporter
    master journalist correspondent author writer columnist critic analyst expert scholar scientist researcher
    economist historian strategist consultant adviser advisor aide ally friend colleague rival opponent
    supporter backer voter resident citizen neighbour neighbor witness victim survivor passenger driver
    pilot captain soldier general colonel major sergeant commander admiral marine guard policeman
    detective prosecutor investigator inspector agent source insider observer activist campaigner
    organizer organiser member delegate commissioner councillor councilman council committee commission
    party group union association organisation organization agency ministry department office bureau
    company firm bank court police army military government administration regime parliament senate
    congress house kremlin team club university institute church campaign coalition newspaper magazine
    paper outlet network website report study survey poll statement letter document filing indictment
    fisherman farmer worker shopkeeper baker keeper harbourmaster harbormaster priest bishop pastor
    rabbi imam pope mother father wife husband son daughter brother sister uncle aunt cousin parent
    family widow relative player coach actor actress singer artist musician director producer host
    anchor narrator engineer mechanic operator tourist visitor customer client patient lender investor
    trader broker banker republican democrat conservative liberal socialist other some many most few
    """.split()
)
"""Nouns for those who can speak: persons, bodies of persons, and what they write."""

ABSTRACT = frozenset("report study survey poll statement letter document filing indictment".split())
"""Of these, what speaks only for whoever wrote it."""

BODIES = frozenset(
    """
    council committee commission party group union association organisation organization agency
    ministry department office bureau company firm bank court police army military government
    administration regime parliament senate congress house kremlin team club university institute
    church campaign coalition newspaper magazine paper outlet network website family
    """.split()
)
"""Of these, bodies of persons: "they", never "he"."""

PRONOUNS = frozenset("he she they i we you who it one".split())
FEMALE = frozenset("she her hers herself".split())
MALE = frozenset("he him his himself".split())
FEMALE_TITLES = frozenset("mrs ms miss madam lady dame queen princess sister duchess".split())
MALE_TITLES = frozenset("mr sir lord king prince duke father brother".split())
TITLES = (
    FEMALE_TITLES
    | MALE_TITLES
    | frozenset(
        """
    dr prof professor president minister premier chancellor senator sen rep representative gov governor
    mayor secretary general gen col colonel capt captain lt sgt major judge justice rev reverend chief
    officer director chairman chairwoman speaker ambassador spokesman spokeswoman spokesperson
    """.split()
    )
)
"""Words before a name that are no part of it."""
