"""The words that attribute: verbs, nouns and phrases of saying, believing and showing.

The lists were put together for this project from the grammar of reporting clauses (Quirk et al.
1985, 14.28-35, 16.30-31): verbs that may frame direct speech, verbs that take a *that*-clause,
and verbs that report by a noun phrase alone ("stressed the need"), which count only with a source
that can speak.
"""

from __future__ import annotations


def word_set(words: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(words.split())


SAY = word_set(
    """
    accuse acknowledge add admit advise agree allege announce answer appeal argue ask assert
    assess assure bark beam beg begin believe bemoan blast blog blurt boast boom brag brief
    cable caution chant charge chide chuckle claim clarify command comment complain concede
    conclude concur confess confirm contend continue counsel counter crack crow cry deadpan
    declare decry demand denounce deny deplore disagree disclose divulge echo elaborate email
    emphasise emphasize enquire enthuse exclaim explain figure fume grin gripe groan growl
    grumble guess gush hail heckle highlight hint implore imply inform inquire insist instruct
    interject interrupt intimate intone jeer joke lament lash laugh maintain marvel mention
    message moan mock murmur muse mutter nod note notify object observe offer opine order pipe
    plead pledge point posit post praise pray preach predict proclaim promise pronounce propose
    protest question quip quote rail rant react read reassure rebuke recall recite recommend
    recount reflect reiterate rejoin relate remark remember repeat reply report respond retort
    retweet reveal riff say scoff scold scream shout shrug sigh signal sing slam smile snap
    sneer specify speculate stammer start state stress suggest summarise summarize swear taunt
    tease telegraph tell testify text theorise theorize think thunder tout tweet underline
    underscore urge venture volunteer vow warn welcome whisper wonder write yell
    """
)
"""Verbs that may frame direct speech ("...", he riffed)."""

REPORT = word_set(
    """
    accuse acknowledge add admit advise agree allege announce answer anticipate argue ask assert
    assume assure believe boast calculate caution charge claim clarify comment complain concede
    conclude concur confess confirm consider contend convince decide declare demand demonstrate
    deny determine disclose discover doubt dream emphasise emphasize envisage estimate expect
    explain fear feel figure find forecast foresee guess highlight hint hold hope imagine imply
    indicate inform insist intimate joke judge know lament learn maintain mean mention note
    notify object observe order persuade pledge point posit predict proclaim project promise
    propose protest prove quip read realise realize reassure recall reckon recommend recount
    reiterate remark remind repeat reply report request require respond reveal rule say show
    signal specify speculate state stipulate stress suggest suppose suspect swear teach tell
    testify theorise theorize think tweet underline underscore understand urge vow warn wonder
    worry write
    """
)
"""Verbs that take a clause as what was said or thought."""

PROMISE = word_set(
    """
    advise agree ask beg call claim decide decline demand expect hope instruct intend offer
    order plan pledge promise propose refuse resolve seek swear tell threaten urge vote vow want
    warn
    """
)
"""Verbs that report by an infinitive ("vowed to rebuild the pier")."""

STRESS = word_set(
    """
    accuse acknowledge admit allege announce back blame cite claim condemn confirm criticise
    criticize declare defend demand denounce deny describe disclose dismiss dispute doubt
    emphasise emphasize endorse favor favour fear highlight justify mention note oppose outline
    pledge praise predict promise propose question recall recommend reiterate reject repeat
    report reveal stress suggest support underline underscore urge warn welcome
    """
)
"""Verbs that report by a noun phrase; the source must be able to speak."""

SHOW = word_set(
    """
    demonstrate find highlight indicate mean prove show signal suggest underscore
    """
)
"""Verbs that also join facts ("the figures show"): they report only for who can speak."""

LIGHT = word_set("cast express give have issue make offer raise share voice")
"""Verbs that lend themselves to a noun of saying ("cast doubt on", "voiced the hope that")."""

NAME_AS = word_set(
    """
    brand call characterise characterize describe dub label term
    """
)
"""Verbs that put a name on something ("he called it ...")."""

NOUNS = word_set(
    """
    accusation acknowledgement acknowledgment admission allegation announcement argument
    assertion assumption assurance belief call charge claim comment complaint concern conclusion
    confidence confirmation contention conviction criticism decision declaration demand denial
    doubt estimate expectation fear finding forecast hope idea insistence notion observation
    opinion pledge prediction promise proposal question remark report rumor rumour scepticism
    skepticism statement suggestion suspicion testimony theory view vow warning
    """
)
"""Nouns that take a clause as what was said or thought ("his claim that ...")."""

SPEAKERS = word_set(
    """
    activist actor actress administration admiral adviser advisor agency agent aide ally
    ambassador analyst anchor army artist association attorney aunt author backer baker bank
    banker bishop boy broker brother bureau campaign campaigner candidate captain chair chairman
    chairperson chairwoman chancellor chief child church citizen client club coach coalition
    colleague colonel columnist commander commission commissioner committee company congress
    congressman congresswoman conservative consultant correspondent council councillor
    councilman court cousin critic customer daughter delegate democrat department detective
    diplomat director doctor document driver economist editor engineer envoy executive expert
    family farmer father few filing firm fisherman founder friend general girl government
    governor group guard harbormaster harbourmaster head historian host house husband imam
    indictment insider inspector institute investigator investor journalist judge keeper king
    kremlin lawmaker lawyer leader legislator lender letter liberal magazine major man manager
    many marine master mayor mechanic member military minister ministry most mother musician
    narrator neighbor neighbour network newspaper nominee nurse observer office officer official
    operator opponent organisation organiser organization organizer other outlet owner paper
    parent parliament partner party passenger pastor patient people person pilot player police
    policeman politician poll pope premier president priest prince princess producer professor
    prosecutor pupil queen rabbi regime relative report reporter representative republican
    researcher resident rival scholar scientist secretary senate senator sergeant shopkeeper
    singer sister socialist soldier some son source spokesman spokesperson spokeswoman statement
    strategist student study supporter survey survivor teacher team tourist trader uncle union
    university victim visitor voter website widow wife witness woman worker writer
    """
)
"""Nouns for those who can speak: persons, bodies of persons, and what they write."""

ABSTRACT = word_set(
    """
    document filing indictment letter poll report statement study survey
    """
)
"""Of these, what speaks only for whoever wrote it."""

BODIES = word_set(
    """
    administration agency army association bank bureau campaign church club coalition commission
    committee company congress council court department family firm government group house
    institute kremlin magazine military ministry network newspaper office organisation
    organization outlet paper parliament party police regime senate team union university
    website
    """
)
"""Of these, bodies of persons: "they", never "he"."""

PRONOUNS = word_set("he i it one she they we who you")
FEMALE = word_set("her hers herself she")
MALE = word_set("he him himself his")
FEMALE_TITLES = word_set("dame duchess lady madam miss mrs ms princess queen sister")
MALE_TITLES = word_set("brother duke father king lord mr prince sir")
TITLES = (
    FEMALE_TITLES
    | MALE_TITLES
    | word_set(
        """
    ambassador capt captain chairman chairwoman chancellor chief col colonel director dr gen
    general gov governor judge justice lt major mayor minister officer premier president prof
    professor rep representative rev reverend secretary sen senator sgt speaker spokesman
    spokesperson spokeswoman
    """
    )
)
"""Words before a name that are no part of it."""
