/** Everyday English, in the forms that endings are taken from: verbs, nouns, adjectives that name nothing of a system. */

const verbs =
  "absorb accelerate accept accompany accumulate achieve acquire act adapt address adjust admit adopt advance " +
  "advise afford agree allow alter alternate amount announce answer appeal apply appreciate approach argue arise " +
  "arrange arrive ascend assess assume assure attain attempt attend attract avoid await balance balloon base bear " +
  "behave believe bend blend borrow bother build bulge bump burn buy calculate care cast catch cater celebrate " +
  "center challenge chart choose claim clarify classify clip clock coexist cohere collect combine commence compete " +
  "compile complain complete compose comprise compute conceal concentrate conclude conduct confess confine confirm " +
  "confuse congregate conserve consist consume contend continue contrast convert convey cope correct correspond " +
  "cost cover crawl creep cross curve cut deal decelerate decide declare decline deduce deepen define deliver " +
  "demonstrate denote depart depict derive descend deserve design detect determine develop deviate devote diagnose " +
  "dictate digest diminish direct disagree disclose discover discuss display distinguish distribute dive diverge " +
  "divide do dominate draw drift dub dwarf edge elaborate elevate embody emerge emit emphasize employ enable " +
  "encompass encounter end endure enjoy enlarge ensure enter enumerate equal escalate escape establish estimate " +
  "evaluate evidence evolve exceed exclaim exclude exercise exhibit exist expand experience explode explore express " +
  "extend face fade favor favour feature feel figure finish fit flare flatline flatten float fluctuate focus " +
  "follow foresee forget form front fulfil function further gather gauge generate glance grab greet gross group " +
  "guess handle happen hear help highlight hint hop hover hurry identify ignore illustrate imagine imply improve " +
  "inch incur infer inflate inform insist inspect intend intensify interest interpret invite involve issue itemize " +
  "join judge justify lag land leap learn leave lend lengthen let lie lift line linger locate long loom manage mark " +
  "matter mean meet mention mirror miss mix mount multiply narrow neglect neighbour notify nudge number obey object " +
  "obtain occur offer operate oppose outline outnumber outpace outrun outstrip overlap overshoot overtake owe own " +
  "pair pass pay peak perform persist persuade pick pinpoint place plan plateau play please plot plummet plunge " +
  "ponder pose position prefer prepare present preserve pretend prevent print proceed produce prolong promise " +
  "prompt prove provide pull pursue puzzle qualify quantify quintuple quit quote race rally rank rate react " +
  "readjust recall recap receive reckon recognise recognize recommend recount refer reflect refuse regain regard " +
  "register reiterate reject relax rely remark remember remind repeat replace reply represent require research " +
  "resemble respond rest return reveal reverse review revisit ring rival rocket round run rush save scan scatter " +
  "score scramble seek select send sense separate serve settle sextuple share shed shift shine ship shoot shorten " +
  "sign signal skew skip skyrocket slide slip slope slump smell soften sort sound span spare speak specify spell " +
  "spend spike spiral split spot stage stagnate stall stare state steepen stick stop strain stray strengthen " +
  "stretch strike struggle study submit succeed suffer suffice suggest suit summarise summarize supply support " +
  "suppose surface surpass surprise survive swap swell swing tackle talk taper target tell tend test think tick tie " +
  "tilt tolerate top total tower track transfer transpire treat trend trim trust try tumble undergo underline " +
  "understand unfold unite uphold upset utter validate value vary view visit vote vouch walk wander want warm warn " +
  "warrant watch weaken wear weigh widen win wish witness wonder word work write yield zoom";

const pasts =
  "arisen arose became begun bore borne bought brought built caught chose chosen cost crept dealt did done drawn " +
  "drew fell felt flew flown forgot forgotten gave grew heard held kept knew known laid lay left lent lit made " +
  "meant met paid put ran read rode run said sank sent set shot showed shown shrank shrunk slid slipped sold sought " +
  "spent spoke spoken sprang stood struck stuck swam swung taken taught thought threw thrown told took understood " +
  "went woke woken won wore worn written wrote";

const nouns =
  "factor flip ability absence accuracy action activity advance advantage advice afternoon age aim alternative angle anomaly " +
  "answer anything appearance area arrangement ascent aspect assumption attempt attention attribute " +
  "background balance ballpark band basis beginning behalf behavior behaviour benefit bit blip body border bound " +
  "boundary box breakdown bulk calculation candidate care category central chance chapter character choice chunk " +
  "circumstance clarity clue coincidence column combination comment comparison completion complexity component " +
  "concept concern conclusion condition confidence conjunction consideration consistency continuation contrary " +
  "contrast control conversation core correction correctness correspondence count counterpart couple course deal " +
  "decade decision definition degree delay demonstration depth descent description design deviation difficulty " +
  "digit dimension direction discrepancy disparity distance distinction distribution division doubling doubt " +
  "downturn dozen duration edge effort eighth element elsewhere emergence emphasis entirety entry episode " +
  "equivalent era essence evening everybody everything exception excess excursion existence expansion expectation " +
  "experience extension extreme eye family fashion feature feedback field fifth finding flavour fluctuation focus " +
  "follow footing footprint force form format fortnight fortune frame freedom frequency front function future " +
  "generation glimpse goal graph group guess guide half handful headline hike hint history hold hope idea imbalance " +
  "importance impression increment indication individual information insight instance instant instruction intensity " +
  "interest interval judgement jump kick knowledge landscape leap length level life light likelihood line list " +
  "logic look luck magnitude majority making manner margin mark material matter maybe means meantime merit method " +
  "middle midnight million mind minority mistake mixture mode model morning multiple multitude nature necessity " +
  "need neighbor neighbour night nobody noise none noon norm notice novelty object observation occasion occurrence " +
  "odds offer onset onward operation opinion opposite option outlier output outset overview pace pair paper " +
  "paragraph parallel particular peak percent percentage perspective phase phrase piece pile plan plateau plenty " +
  "plunge point portion position possibility practice precision presence present principle priority problem " +
  "procedure profile progress proof property proportion prospect purpose quality quantity quarter question ramp " +
  "range rank reality recap recurrence reduction reference reflection relation remainder report requirement " +
  "research resemblance respect return review rhythm risk role room rule sake scale scatter scope score section " +
  "segment sense sentence separation sequence series shape sight signal signature significance simultaneity " +
  "situation sixth size sliver slope slot slowdown slump snapshot something somewhere sort sound " +
  "space span speed split spot spread stack stage standard start state statement statistic status step story " +
  "strength stretch structure stuff style subject subset success suggestion sum summary support surface surge " +
  "surplus surprise swing symptom synopsis tail talk tally target tendency tenth term test text theme theory third " +
  "thought threshold tick today tone topic total touch track trajectory transition trend trial triple trough truth " +
  "try turn twist upswing uptick usage use variation variety verdict versus vicinity view virtue visibility vista " +
  "volatility warning wave week weight while whole width word work world worry year yesterday zero";

const others =
  "able above absolutely actual actually adjacent aforementioned afterward ahead aligned alike almost alternative " +
  "alternatively altogether ambiguous amid amidst amongst ancient anomalous anyway anywhere apart apparent " +
  "apparently appropriate approx approximate arbitrary aside astonishing away awful awkward back base basic " +
  "basically beforehand behind below beneath besides bit bizarre brief briefly bright broad broadly busier ca " +
  "capable careful carefully certain certainly cheap clearer clearest clever close closely closer closest " +
  "collective combined common commonly comparable comparatively complete completely complex comprehensive concrete " +
  "consecutive consistent conspicuous continually continuous contrary convenient conventional correct correctly " +
  "crazy critical curious current daily dark deep deeper deepest deeply definite definitely definitive deliberate " +
  "dense dependent desirable despite detailed detectable direct directly distant distinct dominant dominating " +
  "double doubtful down downward downwards dramatic dramatically drastic drastically dull duly eager earliest " +
  "easier easiest easily easy effective efficient eighteenfold eightfold elevenfold else empty enormous enormously " +
  "entire entirely equivalent especially essential essentially eventual eventually ever evident evidently exact " +
  "excellent except exceptional excessive excessively exclusively existing expensive explicit explosive extensive " +
  "extra extraordinary extreme extremely fair fairly familiar famous fancy far farther fast faster fastest few " +
  "fewest fiftyfold final finally firm first firstly fit fivefold flat following formal former formerly forth " +
  "fortunate forward fourfold free frequent frequently fresh friendly full fully fundamental funny further furthest " +
  "general generally genuine global gradual grave greater greatest green half hard harder hardest hardly hefty " +
  "hidden honest huge hugely hundredfold ideal identical immediate immense important impossible impressive " +
  "inclusive incomplete inconsistent increasingly indeed independent indicative individual inevitable initial " +
  "initially inner instantly intense interesting interim intermittent internal irregular irrelevant isolated joint " +
  "keen key known lackluster largely lasting lately later latter least left lesser light likewise limited literal " +
  "little local logical lone longest loose loosely lots loud lowest major manifold massive massively meaningful " +
  "meanwhile mere merely merry mid middle mild mildly minimal minor mixed moderate moderately modest modestly " +
  "multiple mutual mysterious naive naked namely narrow nasty natural naturally near nearby nearer nearest neat " +
  "necessary negative negligible neutral nevertheless nice ninefold noisy nonetheless northward notable noticeable " +
  "notwithstanding numerical numerous observable obvious obviously occasional occasionally odd often once onto " +
  "onward onwards open opposite ordinary original originally other otherwise outer outright outside overall own " +
  "painful parallel partial particular past peculiar per perfect perfectly permanent persistent pertinent physical " +
  "plain plainly plausible pleasant plentiful plus popular positive potential potentially powerful practical " +
  "practically precise predominant predominantly preferable present presently pretty primarily primary prime " +
  "principal prior prolonged prominent promising prompt pronounced proper properly proportional provisional public " +
  "pure purely quicker quickest quiet random rapid rapidly rare rarely raw readily ready real really reasonable " +
  "recent red regarding regardless regular regularly relevant reliable reminiscent remote repeated repeatedly " +
  "representative residual respective ridiculous right robust rough roughest round routine safe same scarce " +
  "secondary secondly self sensible separate serious seriously sevenfold several severe severely shallow sharpest " +
  "sheer shorter shortest sideways significant silent simple simpler simplest simply simultaneous sixfold " +
  "sixteenfold sizable sizeable smooth smoothly soft sole solely solid sometimes somewhat soon sooner sorry special " +
  "specific specifically spectacular spiky sporadic square staggering standout stark starkly static steep steeper " +
  "steepest straight straightforward strange strict strictly striking strikingly stronger subsequent substantial " +
  "substantially subtle sudden sufficient suitable superior sure surely surprising suspicious swiftly systematic " +
  "tall technical telltale temporary tenfold tentative thick thin thirtyfold thorough though through throughout " +
  "tight tightly tiniest tiny together topmost tough traditional tremendous tremendously trivial true truly " +
  "twelvefold twentyfold twofold typical ugly ultimate unaffected unaware uncertain unchanged unclear uncommon " +
  "underneath undisturbed undoubted uneven uneventful unexpected unexpectedly unfamiliar unfortunate uniform " +
  "uniformly unique universal unknown unlike unmistakable unrelated unremarkable untouched untypical unusual " +
  "unusually upper upright upward upwards useful usual utter vague valid valuable varied various vast vastly " +
  "vertical virtually vital vivid warm wavering weekly weird whatever whatsoever whenever whereby wherever " +
  "whichever whilst whole wholly wide widely wider widespread widest wild wildly wonderful worrying worth " +
  "worthwhile worthy wrong yellow yes young";

/** As written; whoever asks takes the endings off. */
export const englishWords: readonly string[] = [verbs, pasts, nouns, others].join(" ").split(" ");
