/** Everyday English, in the forms that endings are taken from: verbs, nouns, adjectives that name nothing of a system. */

const verbs =
  "accept accompany accumulate achieve act adapt address adjust advise agree allow amount announce answer apply approach " +
  "arrive assess assume attempt attend avoid await balance base bear behave bend borrow bother build burn " +
  "buy calculate care catch center challenge chart choose claim clarify classify collect combine compete compile " +
  "complain complete compose comprise compute concentrate conclude conduct confine confirm conserve consist consume " +
  "continue contrast convert cope correct correspond cost cover creep cross curve cut deal decide deepen define deliver " +
  "depart depict derive deserve design detect determine develop devote diagnose digest direct discover discuss display " +
  "distinguish distribute diverge divide do draw dwarf edge elaborate emerge emit emphasize employ enable encounter end " +
  "enlarge ensure enter equal escalate establish estimate evaluate evolve exceed exhibit exist expand experience explode " +
  "explore express extend face favor favour feature feel figure fill fit flatten float fluctuate focus follow " +
  "form front function further gather generate grab group guess handle happen hear help hint hover identify ignore " +
  "illustrate imagine imply improve inch incur infer inflate inform insist intend interest interpret involve issue " +
  "join judge justify land learn leave lengthen lie lift line linger locate long mark matter mean meet " +
  "mirror miss mix multiply narrow neighbour notify number object obtain occur offer operate outnumber outpace " +
  "overlap owe own pass pay perform persist pick place plan plateau play please plot pose position present preserve " +
  "prevent print proceed produce prove provide pull pursue quantify quit race rank rate react receive " +
  "recognise recognize recommend refer reflect refuse regard register reject relax rely remember remind repeat replace reply " +
  "represent require research respond rest return reveal reverse review ring run save scan " +
  "scatter scramble select send sense separate serve settle share ship shoot shorten sign signal skew skip slide " +
  "slip sort sound span speak specify spell spend split stage stare state strain stray stretch strike struggle study " +
  "submit succeed suggest suit supply support suppose surface surpass surprise survive tackle talk target tend test " +
  "think tie top total track transfer treat trend try underline understand undergo value view visit vote " +
  "walk want warn warrant watch weigh win witness wonder word work write yield zoom";

const pasts =
  "built bought brought caught chose chosen cost crept dealt did done drew drawn felt heard held kept knew known left " +
  "lent lay laid lit made meant met paid put ran run said sent set shot showed shown slid slipped sold sought spent spoke " +
  "spoken stood stuck struck swung taught thought told took taken understood went wore won wrote written arose arisen";

const nouns =
  "ability absence action activity advice age aim angle answer anybody anyone anything area aspect attempt attention " +
  "balance band basis behaviour behavior benefit bit body border bound boundary box breakdown candidate " +
  "care category central chance character choice circumstance clue column combination comment comparison completion " +
  "component concern conclusion condition confidence contrast control core correctness count couple course " +
  "deal decision definition delay description design deviation digit dimension direction discrepancy " +
  "distance distribution division doubt duration edge effort eighth element elsewhere emphasis episode equivalent " +
  "era everybody everything exception excess existence expectation experience extreme eye family fashion " +
  "feature feedback field fifth fluctuation focus follow footprint force form format frame frequency front function future " +
  "goal graph group guess guide hint history hold hope idea imbalance impression indication individual information instance " +
  "instant instruction interest interval judgement kick landscape length life light likelihood " +
  "list logic look magnitude making manner margin mark material matter maybe means method middle mind mode model " +
  "morning multiple nature need neighbour neighbor night nobody noise none notice object observation occasion occurrence " +
  "offer onward operation opinion opposite option outlier output outset overview pace pair paper " +
  "parallel particular percent perspective phase phrase plan plateau plenty portion position possibility practice " +
  "precision presence present principle priority problem procedure profile progress proof property " +
  "proportion purpose quality quantity question rank reality recap reduction reference relation report " +
  "requirement research respect return review rhythm risk role room rule scope " +
  "score section segment sense sentence separation sequence series shape signal significance signature " +
  "situation size sixth slot slowdown snapshot somebody someone something somewhere sort sound space span speed spot spread " +
  "stage standard state statement statistic status strength stretch structure style subject subset " +
  "success suggestion sum summary support surface surprise symptom synopsis tail talk target tendency tenth term test " +
  "text theme third thought threshold tick today tone topic touch track trend trial triple try turn usage " +
  "use variation variety versus view vicinity visibility wave week weight while width word work world worry year " +
  "yesterday zero";

const others =
  "able absolutely actual actually adjacent ahead aligned alike almost altogether alternatively anomalous " +
  "anyway apart apparent apparently approximate aside away back basic basically below bit brief briefly broad broadly " +
  "capable careful carefully certain certainly cheap close closely collective combined common commonly comparable " +
  "comparatively complete completely complex concrete consecutive consistent continuous continually correct correctly " +
  "critical current daily dark deep deeply definite definitely deliberate dense dependent detailed detectable direct " +
  "directly distinct dominant dominating double dramatic dramatically drastic drastically duly eager easy easily " +
  "effective efficient eightfold else empty enormous enormously entire entirely equivalent especially essential essentially " +
  "eventual eventually evident evidently exact exceptional excessive excessively exclusively existing explicit explosive " +
  "extensive extra extreme extremely fair fairly familiar farther few final finally firm first firstly fivefold " +
  "following formerly forward fourfold free frequent frequently fresh full fully fundamental general generally genuine " +
  "global greater greatest green half hard hardly hefty hidden huge hugely identical immediate " +
  "immense important impressive inconsistent incomplete increasingly independent individual initial initially inner " +
  "instantly intense interesting intermittent internal irregular isolated joint key known largely lasting lately later " +
  "latter least left light likewise limited little local lone loosely loud lots manifold massive massively meaningful mere " +
  "merely mid middle mild mildly minimal minor mixed moderate moderately modest modestly multiple mutual naked narrow " +
  "natural naturally near nearby neat necessary negligible negative neutral nice ninefold notable noticeable observable " +
  "obvious obviously occasional occasionally odd often once onward onwards open opposite ordinary original originally other " +
  "otherwise outer outright outside overall own painful partial particular past peculiar perfect perfectly permanent " +
  "persistent physical plain plainly plausible pleasant plus popular positive potential potentially powerful practical " +
  "practically precise predominant predominantly present presently pretty primarily primary principal prolonged prominent " +
  "prompt pronounced proper properly proportional public pure purely random rapid rapidly rare rarely raw ready real really " +
  "reasonable recent red regardless regular regularly reliable remote repeated repeatedly representative residual rough " +
  "round routine safe same scarce secondly separate serious seriously several severe severely shallow sheer sideways " +
  "significant silent simple simply simultaneous sixfold sevenfold sizable sizeable smooth smoothly soft solely " +
  "solid sometimes somewhat sole soon special specific specifically spiky sporadic square stark starkly straight strange " +
  "striking strikingly strict strictly subsequent substantial substantially subtle sufficient suitable suspicious " +
  "swiftly systematic tall technical temporary tentative thick thin thorough tight tightly tiny together tough tremendous " +
  "tremendously true truly twofold typical ultimate unaffected uncertain unclear unchanged uncommon undisturbed uneven " +
  "unexpected unexpectedly uniform uniformly unique unlike unrelated unremarkable untouched unusual unusually upper upward " +
  "upwards useful usual valid vast vastly vertical virtually vital warm weekly weird whole wholly wide widely widespread " +
  "wild wildly worthwhile worthy wrong yellow young";

/** As written; whoever asks takes the endings off. */
export const englishWords: readonly string[] = [verbs, pasts, nouns, others].join(" ").split(" ");
