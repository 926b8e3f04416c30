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
    conclude concur confess confirm consider contend continue convince counter decide declare
    demand demonstrate deny determine disclose discover discuss doubt dream emphasise emphasize
    envisage estimate expect explain fear feel figure find forecast foresee guess hear highlight
    hint hold hope imagine imply indicate inform insist intimate joke judge know lament learn
    maintain mention note notice notify object observe order outline persuade pledge point
    posit post predict proclaim project promise propose protest prove question quip read reaffirm
    realise realize reassure recall reckon recognise recognize recommend recount reiterate remark
    remember remind repeat reply report request require respond retort reveal rule say show signal
    specify speculate state stipulate stress suggest suppose suspect swear teach tell testify
    theorise theorize think tweet underline underscore understand urge vow warn wonder worry write
    """
)
"""Verbs that take a clause as what was said or thought."""

PROMISE = word_set(
    """
    advise agree aim ask beg call claim commit decide decline demand expect hope instruct intend
    like love offer opt order plan plead pledge prefer promise propose push refuse request resolve
    seek swear tell threaten urge vote vow want warn wish
    """
)
"""Verbs that report by an infinitive ("vowed to rebuild the pier")."""

WISH = word_set("ask expect like love need prefer want wish")
"""Verbs that report by a noun and an infinitive together ("wanted the pier to be rebuilt")."""

DIRECTED = word_set(
    """
    advise ask beg call challenge command demand encourage exhort forbid implore instruct invite
    order press pressure push request require tell urge warn
    """
)
"""Verbs of asking somebody to do something: both together are what is asked."""

SAID_OF = word_set(
    """
    accuse acknowledge admit allege announce articulate attribute blame brand call
    characterise characterize cite claim compare condemn confirm credit declare demand deny
    describe detail disclose dub emphasise emphasize estimate explain forecast highlight identify
    justify label liken list name note order outline paint portray pledge predict promise propose
    quote recall recite recommend recount reiterate repeat report reveal say state stress
    suggest threaten tweet retweet underline underscore urge voice warn
    """
)
"""Verbs of saying that take a noun phrase as what was said."""

STANCE = word_set(
    """
    admire admonish advocate applaud appreciate assail attack back bash belittle bemoan berate
    blast boo castigate celebrate censure champion chastise cheer chide commend
    congratulate criticise criticize critique decry defend denigrate denounce deplore deride
    disavow discredit dislike dismiss disown disparage dispute downplay embrace endorse excoriate
    excuse extol favor favour hail hammer hate heckle honor honour insult jeer knock lambast
    lambaste lament lampoon laud mock oppose pan praise protest rap rebuff rebuke rebut
    refute reject renounce reprimand reproach repudiate resent respect ridicule rip salute
    savage scold shun skewer slam support taunt thank tout trash trumpet upbraid vilify welcome
    """
)
"""Verbs of judging: for or against what their object names (Levin 1993, class 33)."""

TOPIC = word_set(
    """
    contemplate debate discuss explore invoke mention mull ponder question reference
    """
)
"""Verbs of speaking or thinking about what their object names."""

BELIEF = word_set(
    """
    anticipate assume believe calculate consider convince deem determine discover doubt dream
    envisage envision expect fear feel figure forecast foresee guess hear hope imagine judge know
    learn notice perceive persuade realise realize reckon recognise recognize regard remember see
    suppose suspect think understand view wonder worry
    """
)
"""Verbs of thinking, knowing and perceiving."""

INTENTION = word_set(
    """
    agree aim commit decide decline hope intend like love need opt plan prefer push refuse resolve
    seek vote want wish
    """
)
"""Verbs of wanting and deciding, before an infinitive or an object."""

THOUGHT_OF = word_set(
    """
    believe consider deem doubt envision expect fear foresee perceive recognise recognize
    regard remember see understand view
    """
)
"""Verbs of thinking that take a noun phrase as what is thought."""

WANTED = word_set("prefer seek want")
"""Verbs of wanting that take a noun phrase as what is wanted."""

PHRASAL = {
    "about": word_set(
        """
        ask boast brag care complain dream gripe grumble hear inquire joke know lie muse rant rave
        read report speak speculate talk testify think warn wonder worry write
        """
    ),
    "against": word_set("advise argue campaign caution lobby protest push rail vote warn"),
    "at": word_set("balk bristle hint scoff sneer"),
    "for": word_set(
        """
        advocate apologise apologize argue ask call campaign hope lobby plead press push vote
        vouch
        """
    ),
    "in": word_set("believe"),
    "of": word_set(
        "approve boast complain disapprove dream hear learn speak talk think warn write"
    ),
    "on": word_set(
        "agree comment disagree dwell elaborate expand expound insist opine reflect speculate touch"
    ),
    "to": word_set("admit allude confess object point refer"),
    "with": word_set("agree concur disagree sympathise sympathize"),
}
"""Prepositions, each with the verbs of saying and thinking that take it before their content."""

ADJECTIVES = word_set(
    """
    afraid alarmed angry anxious ashamed aware certain comfortable concerned confident conscious
    convinced critical disappointed dismissive dissatisfied doubtful enthusiastic excited familiar
    fearful fond frustrated furious glad grateful happy hopeful ignorant impressed interested keen
    mindful nervous optimistic outraged pessimistic pleased proud sad satisfied sceptical shocked
    skeptical sorry supportive sure surprised suspicious sympathetic thankful thrilled unaware
    uncertain uncomfortable unhappy unsure upset wary worried
    """
)
"""Adjectives of thinking and feeling, with what is thought ("aware that", "unhappy with")."""

READY = word_set(
    """
    adamant committed dedicated desperate determined devoted eager hesitant inclined intent
    interested keen loath open opposed poised reluctant resistant resolved unwilling willing
    """
)
"""Adjectives of wanting ("reluctant to", "open to")."""

SEEMING = word_set("appear seem")
"""Verbs for how things look, to nobody named."""

HELD = word_set(
    """
    accuse allege assume believe claim consider deem describe estimate expect fear
    know label name perceive presume project regard report rumor rumour say see
    suspect think understand view
    """
)
"""Verbs whose passive says how something is held to be ("is expected to", "is seen as")."""

HUMAN = word_set(
    """
    accuse announce applaud blame blast condemn criticise criticize decry defend demand denounce
    deny describe discuss dismiss endorse favor favour insist mock oppose portray praise pledge
    propose question ridicule slam support tout urge vow
    """
)
"""Verbs that only persons and bodies of persons can be the subject of."""

SHOW = word_set(
    """
    demonstrate find highlight indicate prove reveal show signal suggest underscore
    """
)
"""Verbs that also join facts ("the figures show"): they report only for who can speak, and give
evidence where a document is their subject."""

LIGHT = word_set(
    """
    cast deliver express file give have hold issue launch level make mount offer raise reach send
    share show voice
    """
)
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
    assertion assessment assumption assurance belief call charge claim comment complaint concern
    conclusion condemnation confidence confirmation contention conviction criticism decision
    declaration demand denial doubt enthusiasm estimate expectation fear finding forecast hope
    idea insistence interest notion observation opinion optimism opposition outrage pledge praise
    prediction promise proposal question refusal regret remark report request rumor rumour
    scepticism skepticism statement suggestion support suspicion sympathy testimony theory threat
    view vow warning worry
    """
)
"""Nouns that take a clause as what was said or thought ("his claim that ...")."""

OWNED = word_set(
    """
    accusation assertion attack belief call charge claim comment commitment complaint concern
    condemnation criticism decision defence defense demand denial desire determination dismissal
    doubt endorsement fear hope insistence offer opinion opposition order pledge position
    praise prediction promise proposal refusal rejection remark request stance support threat view
    vow warning willingness wish
    """
)
"""Nouns of saying and wanting that, with an owner, take an infinitive or a preposition before
their content ("her refusal to sign", "his attacks on the press")."""

SPEAKERS = word_set(
    """
    activist actor actress administration administrator admiral adviser advisor advocate agency
    agent aide airline alliance ally ambassador analyst anchor applicant apprentice architect army
    artist assembly associate association attendee attorney audience aunt author
    authority backer baker bank banker bishop bloc board boss boy boyfriend brigade brigadier
    broadcaster broker brother builder bureau businessman businesswoman bystander cabinet caller
    camp campaign campaigner candidate captain captive captor caucus chair chairman chairperson
    chairwoman challenger chancellor charity chief child church citizen clerk client clinic club
    coach coalition colleague college colonel columnist commander commentator commission
    commissioner committee companion company competitor conductor confidant congress congressman
    congresswoman conservative consortium constable constituent consultant consumer contender
    convict cooperative correspondent council councillor councilman counsel counterpart country
    courier court cousin crew critic crowd customer cyclist daughter dealer defender delegate
    delegation democrat demonstrator department deputy designer detainee detective developer
    diplomat director directorate dispatcher dissident diver doctor document donor driver economist
    editor elder electorate employee employer engineer entrepreneur environmentalist envoy
    establishment evangelical executive expert faction family fan farmer father federation few
    fiance filing firefighter firm fisher fisherman force forecaster foreman forewoman foundation
    founder friend frontrunner fundraiser gardener general girl girlfriend government governor
    graduate granddaughter grandfather grandmother grandson group grower guard guest guide guild
    gunman guy hacker harbormaster harbourmaster head herder historian hopeful hospital host hostage
    house husband imam immigrant indictment inmate insider inspector inspectorate institute
    interpreter interviewer inventor investigator investor journalist judge junta juror jury justice
    keeper king kremlin lady landlady landlord lawmaker lawyer leader leadership legislator
    legislature lender letter liberal librarian listener lobbyist magazine major maker man manager
    manufacturer many marine master mayor mechanic mediator medium member merchant migrant military
    millennial miner minister ministry missionary moderator mogul monk most mother movement
    municipality musician narrator nation negotiator neighbor neighbour nephew network neurosurgeon
    newspaper niece nominee novelist nun nurse observer office officer official ombudsman operative
    operator opponent opposition organisation organiser organization organizer other outlet outsider
    owner panel paper paramedic parent parliament participant partner party passenger pastor patient
    peacekeeper peasant pensioner people person photographer physician pilot plaintiff player
    playwright poet police policeman policewoman politician poll pollster pope practitioner
    predecessor premier president priest prince princess prisoner producer professor programmer
    progressive proponent prosecution prosecutor protester psychiatrist psychologist public
    publication pundit pupil queen rabbi reader rebel refugee regime regulator relative report
    reporter representative republican rescuer researcher resident respondent retailer rider rival
    runner sailor scholar school scientist secretariat secretary seller senate senator sergeant
    servant settler shareholder sheriff shopkeeper signatory singer sister skipper socialist soldier
    some son source speaker specialist spectator speechwriter spokesman spokesperson spokeswoman
    spouse staff staffer state statement steward strategist student study subsidiary successor
    supplier supporter surgeon survey survivor syndicate tabloid taxpayer teacher team technician
    teenager tenant tourist trader trainer translator treasurer tribunal trustee tycoon uncle union
    university user utility vendor veteran veterinarian victim viewer villager visitor volunteer
    voter waiter waitress warden watchdog website whistleblower widow wife witness woman worker
    writer youth
    """
)
"""Nouns for those who can speak: persons, bodies of persons, and what they write."""

ABSTRACT = word_set(
    """
    account ad affidavit analysis article audit book brochure bulletin circular communique
    communiqué complaint count data datum declaration decree diary document dossier editorial email
    estimate evidence figure filing finding footage headline indictment inquiry investigation
    lawsuit leaflet letter manifesto memo memoir memorandum message note notice number page pamphlet
    petition photo photograph picture poll polling post projection record release report research
    result review ruling statement statistic study suit summary survey tally tape testimony
    transcript tweet verdict video warrant
    """
)
"""What speaks only for whoever made it."""

OUTLETS = word_set("broadcaster magazine network newspaper outlet paper website wire")
"""Common nouns for those who publish news."""

QUANTIFIERS = word_set(
    """
    % all another both few half majority many minority most neither nobody none others percent
    plurality quarter several some somebody someone third those
    """
)
"""Words for how many speak, or for nobody in particular."""

BODIES = word_set(
    """
    administration agency airline alliance army assembly association audience bank bloc board
    brigade broadcaster bureau cabinet camp campaign caucus charity church clinic club coalition
    college commission committee company congress consortium cooperative council country court crew
    crowd delegation department directorate electorate establishment faction family federation firm
    force foundation government group guild hospital house inspectorate institute junta jury kremlin
    leadership legislature magazine medium military ministry movement municipality nation network
    newspaper office opposition organisation organization outlet panel paper parliament party police
    prosecution public publication regime school secretariat senate staff state subsidiary syndicate
    tabloid team tribunal union university utility watchdog website
    """
)
"""Of these, bodies of persons: "they", never "he"."""

PRONOUNS = word_set("he i it one she they we who you")
THINGS = word_set("it that this which")
"""Pronouns of which nobody speaks, even where some or all of them are meant ("some of it")."""
FEMALE = word_set("her hers herself she")
MALE = word_set("he him himself his")
FEMALE_TITLES = word_set("dame duchess lady madam miss mrs ms princess queen sister")
MALE_TITLES = word_set("brother duke father king lord mr prince sir")
SHORT_TITLES = word_set("adm capt cmdr col dr gen gov hon lt maj mr mrs ms prof rep rev sen sgt st")
"""Titles as they are shortened, with a point that ends no sentence; here without it."""
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
