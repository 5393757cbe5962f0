/** Everyday English, in the forms that endings are taken from: verbs, nouns, adjectives that name nothing of a system. */

const verbs =
  "absorb accelerate accept accompany accumulate achieve acquire act adapt address adjust admit adopt advance " +
  "advise afford agree allow alter alternate announce answer appeal apply appreciate approach argue arise arrange " +
  "arrive ascend assess assume assure attain attempt attend attract avoid await balance balloon base bear behave " +
  "believe bend blend borrow bother build bulge bump burn buy calculate care cast catch cater celebrate center " +
  "challenge choose claim clarify classify clip clock coexist cohere collect combine commence compete compile " +
  "complain complete compose comprise compute conceal concentrate conclude conduct confess confine confuse " +
  "congregate conserve consist consume contend contrast convert convey cope correct correspond cost cover crawl " +
  "creep cross curve cut deal decelerate decide declare deduce deepen define deliver demonstrate denote depart " +
  "depict derive descend deserve design detect determine develop devote diagnose dictate digest diminish direct " +
  "disagree disclose discover discuss display distinguish distribute dive diverge divide dominate draw drift dub " +
  "dwarf edge elaborate embody emerge emit emphasize employ enable encompass encounter endure enjoy enlarge ensure " +
  "enter enumerate escalate escape establish estimate evaluate evolve exclaim exclude exercise exhibit exist expand " +
  "experience explode explore express extend face fade favor favour feature feel finish fit flare flatline flatten " +
  "float fluctuate focus foresee forget form front fulfil function gather gauge generate glance grab greet gross " +
  "group guess handle happen hear help highlight hint hop hover hurry identify ignore illustrate imagine imply " +
  "improve inch incur infer inflate inform insist intend intensify interpret invite involve issue itemize join " +
  "judge justify lag land leap learn leave lend lengthen lift linger locate loom manage matter meet mirror miss mix " +
  "mount narrow neglect neighbour notify nudge obey object obtain occur offer operate oppose outline outnumber " +
  "outpace outrun outstrip overlap overshoot overtake owe pair pass pay perform persist persuade pick pinpoint plan " +
  "plateau play please plot plummet ponder pose position prefer prepare present preserve pretend prevent print " +
  "proceed produce prolong promise prompt prove provide pull pursue puzzle qualify quantify quintuple race rally " +
  "rank rate react readjust recall recap receive reckon recognise recognize recommend recount refer reflect refuse " +
  "regain regard reiterate reject relax rely remark remember remind repeat replace reply represent require research " +
  "resemble respond return reveal reverse review revisit ring rival rocket round run rush save scan scatter score " +
  "scramble seek select send sense serve settle sextuple share shed shine ship shoot shorten signal skew skip " +
  "skyrocket slide slip slope slump smell soften sort sound span spare speak specify spell spend spiral split spot " +
  "stage stagnate stall stare state steepen stick stop strain stray strengthen stretch strike struggle study submit " +
  "succeed suffer suffice suggest suit summarise summarize support suppose surface surpass surprise survive swap " +
  "swell tackle talk taper target tend test think tick tie tilt tolerate tower track transfer transpire treat trend " +
  "trim trust try tumble undergo underline understand unfold uphold upset utter validate view visit vote vouch walk " +
  "wander want warm warn warrant watch weaken wear weigh widen win wish witness wonder word work write yield zoom";

const pasts =
  "arisen arose bore borne bought brought built caught chose chosen crept dealt drawn drew felt flew flown forgot " +
  "forgotten heard knew laid left lent lit made meant met paid ran rode sent shot sold sought spent spoke spoken " +
  "sprang struck stuck swam swung taught thought threw thrown told understood woke woken won wore worn written " +
  "wrote";

const nouns =
  "factor flip twentieth hundredth ability absence accuracy action activity advantage advice afternoon age aim alternative angle " +
  "anything appearance area arrangement ascent aspect assumption attention attribute background ballpark band basis " +
  "behalf behavior behaviour benefit bit blip body border bound boundary box breakdown calculation candidate " +
  "category central chance chapter character choice chunk circumstance clarity clue coincidence column combination " +
  "comment comparison completion complexity component concept conclusion condition confidence conjunction " +
  "consideration consistency continuation contrary control conversation core correction correctness correspondence " +
  "counterpart couple course decade decision definition delay demonstration depth descent description deviation " +
  "difficulty digit dimension direction discrepancy disparity distance distinction distribution division doubt " +
  "downturn duration effort eighth element elsewhere emergence emphasis entirety entry episode equivalent era " +
  "essence everybody everything exception excess excursion existence expansion expectation extension extreme eye " +
  "fashion feedback field fifth flavour fluctuation footing footprint force format fortnight fortune frame freedom " +
  "frequency future generation glimpse goal guide handful headline hike history home idea imbalance importance " +
  "impression increment indication individual information insight instance instant instruction intensity judgement " +
  "kick knowledge landscape length life light likelihood logic luck magnitude manner margin material meantime merit " +
  "method middle midnight million mind minority mistake mixture mode model morning multiple multitude nature " +
  "necessity neighbor night nobody noise noon novelty observation occasion occurrence odds onward operation opinion " +
  "opposite option outlier output outset overview pace paper paragraph parallel perspective phase phrase piece pile " +
  "plenty portion possibility practice precision presence principle priority problem procedure profile progress " +
  "proof property proportion prospect purpose quality quantity ramp reality recurrence reduction reference " +
  "reflection relation remainder requirement resemblance respect rhythm risk role room rule sake scale scope " +
  "section segment sentence separation sequence shape sight signature significance simultaneity situation sixth " +
  "size sliver slot slowdown snapshot something somewhere space speed spread stack standard statement statistic " +
  "status story strength structure stuff style subject subset success suggestion summary surplus symptom synopsis " +
  "tail tally tendency tenth term text theory threshold tone topic trajectory transition trial trough truth twist " +
  "upswing uptick usage variation variety verdict vicinity virtue visibility vista volatility wave week weight " +
  "width world worry year yesterday zero";

const others =
  "able actual adjacent aforementioned afterward ahead aligned alike altogether ambiguous amid amidst amongst " +
  "ancient anomalous anyway anywhere apparent appropriate approx approximate arbitrary aside astonishing away awful " +
  "awkward back basic beforehand behind beneath bizarre brief bright broad busier capable careful certain cheap " +
  "clearer clearest clever close closer closest collective common comparable complex comprehensive concrete " +
  "consecutive consistent conspicuous continuous convenient conventional crazy critical curious daily dark deep " +
  "deeper deepest definite definitive deliberate dense dependent desirable despite detectable distant distinct " +
  "dominant doubtful downward dramatic drastic dull duly eager earliest easier easiest easy effective efficient " +
  "eighteenfold eightfold elevenfold else empty enormous entire essential eventual ever evident exact excellent " +
  "except exceptional excessive expensive explicit explosive extensive extraordinary fair familiar famous fancy " +
  "farther fast faster fastest fewest fiftyfold final firm fivefold formal forth fortunate forward fourfold free " +
  "frequent fresh full fully fundamental funny furthest general genuine global grave greater greatest green hard " +
  "harder hardest hefty hidden honest huge hundredfold ideal identical immediate immense important impossible " +
  "impressive inclusive incomplete inconsistent indeed independent indicative inevitable initial inner intense " +
  "interim intermittent internal irregular irrelevant isolated joint keen key lackluster latter lesser likewise " +
  "limited literal little local logical lone longest loose lots loud major manifold massive meaningful meanwhile " +
  "mere merry mid mild minimal minor moderate modest mutual mysterious naive naked nasty natural nearby nearer " +
  "nearest neat necessary negative negligible neutral nevertheless nice ninefold noisy nonetheless northward " +
  "notwithstanding numerical numerous observable obvious occasional often original otherwise outer outright outside " +
  "painful partial past peculiar perfect permanent persistent pertinent physical plain plausible pleasant plentiful " +
  "plus popular positive potential powerful practical precise predominant preferable pretty primary prime principal " +
  "prominent pronounced proper proportional provisional public pure quicker quickest random rapid rare raw ready " +
  "real reasonable red regardless regular relevant reliable reminiscent remote representative residual respective " +
  "ridiculous right robust rough roughest routine safe scarce secondary self sensible serious sevenfold severe " +
  "shallow sharpest sheer shortest sideways silent simple simpler simplest simultaneous sixfold sixteenfold sizable " +
  "sizeable smooth soft sole solid sometimes somewhat soon sooner sorry special specific spectacular spiky sporadic " +
  "square staggering standout stark static steep steeper steepest straight straightforward strange strict " +
  "subsequent substantial subtle sufficient suitable superior sure suspicious systematic tall technical telltale " +
  "temporary tentative thick thin thirtyfold thorough through throughout tight tiniest tiny topmost tough " +
  "traditional tremendous trivial true truly twelvefold twentyfold ugly ultimate unaware uncertain unclear uncommon " +
  "underneath undisturbed undoubted uneven uneventful unexpected unfamiliar unfortunate uniform unique universal " +
  "unknown unlike unmistakable unrelated unremarkable untouched untypical upper upright upward useful vague valid " +
  "valuable varied various vast vertical vital vivid wavering weird whatever whatsoever whereby wherever whichever " +
  "whilst wide wider widespread widest wild wonderful worthwhile worthy wrong yellow yes young";

/** As written; whoever asks takes the endings off. */
export const englishWords: readonly string[] = [verbs, pasts, nouns, others].join(" ").split(" ");
