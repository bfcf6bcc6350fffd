using System.Text.RegularExpressions;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>
/// The words of one meaning in English, German, French, Spanish, Chinese, Japanese and Russian, as <see cref="PlainText.Fold"/> writes them. A rule asks
/// for several meanings in one sentence, so that it knows an order in many wordings. Every repetition is bounded.
/// </summary>
internal static partial class ScanWords
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    /// <summary>What sets something aside or declares it void.</summary>
    [GeneratedRegex(
        @"(?:\bignor(?:e|es|ing|ed|a|ez|er)\b|\bdisregard\w{0,12}|\bforget\b|\boverrid(?:e|es|ing)\b|" +
        @"\bbypass\w{0,12}|\bset\w{0,12}\b[^.!?\n。！？]{0,30}\b(?:aside|to\s{1,3}one\s{1,3}side)\b|" +
        @"\b(?:drop|discard|abandon|shed)\b|\b(?:stop|cease)\s{1,3}(?:following|obeying)|\b(?:not|" +
        @"no\s{1,3}longer|don.?t|never|cannot)\s{1,3}(?:have\s{1,3}to\s{1,3}|" +
        @"need\s{1,3}to\s{1,3})?(?:follow|obey|apply|listen|heed|comply|bind)\w{0,12}|" +
        @"\bno\s{1,3}(?:attention|heed)\b|\b(?:void|cancell?ed|revoked|superseded|obsolete|outdated|" +
        @"untrusted|invalid)\b|\bout\s{1,3}of\s{1,3}date\b|\breplaces?\b|\bprecedence\b|" +
        @"\bpriority\s{1,3}over\b|\bignorier\w{0,12}|\bvergiss\w{0,12}|\bvergess\w{0,12}|" +
        @"\bmissacht\w{0,12}|\bhinweg\b|\b(?:nicht|keine?)\s{1,3}(?:mehr\s{1,3})?(?:befolg|beacht|folg|" +
        @"gehorch)\w{0,12}|\b(?:befolg|beacht)\w{0,12}[^.!?\n。！？]{0,30}\bnicht\b|\boublie[zr]?\b|" +
        @"\bne\s{1,3}(?:\w{1,20}\s{1,3})?(?:plus|pas)\s{1,3}(?:suivre|obeir|respecter)|\bne\s{1,3}(?:suis|" +
        @"suivez|tiens|tenez|respecte[zr]?)\s{1,3}(?:pas|plus)|\bolvid[aeo]\w{0,12}|\bdescart[ae]\b|" +
        @"\bdej[ae]\s{1,3}de\s{1,3}(?:seguir|obedecer)|\bno\s{1,3}(?:sigas?|obedezcas?|hagas\s{1,3}caso)|" +
        @"\bcaso\s{1,3}omiso|忽略|无视|無視|忘记|忘掉|忘記|忘れ|不再遵守|不要遵守|不必遵守|不要理会|不用理会|从わない|従わない|従わず|従う必要は|破棄|" +
        @"\bигнорир\w{0,12}|\bзабуд\w{0,12}|\bне\s{1,3}(?:след|выполня|обраща|соблюда|подчиня)\w{0,12}|" +
        @"\bотбро[сш]\w{0,12}|\bотмен[яеи]\w{0,12})",
        Options)]
    public static partial Regex Dismisses();

    /// <summary>What a model was told.</summary>
    [GeneratedRegex(
        @"(?:\binstructions?\b|\bguidance\b|\bguidelines?\b|\bdirectives?\b|\bsystem\s{1,3}(?:prompt|" +
        @"message)\b|\banweisung\w{0,12}|\bvorgaben?\b|\brichtlinien?\b|\binstruktion\w{0,12}|" +
        @"\bconsignes?\b|\binstrucciones\b|\bdirectrices\b|\bindicaciones\b|指令|指示|系统提示|提示词|システムプロンプト|" +
        @"\bинструкци\w{0,12}|\bуказани\w{0,12}|" +
        @"\bce\s{1,3}qu.on\s{1,3}t.a\s{1,3}(?:demande|dit)|\blo\s{1,3}que\s{1,3}te\s{1,3}(?:pid|dij|orden)\w{2,5}|\bwhat(?:ever)?\s{1,3}(?:you\s{1,3}were|was)\s{1,3}(?:asked|told)|\bwas\s{1,3}(?:man\s{1,3})?dir\b.{0,20}(?:gesagt|aufgetragen)|要求|吩咐|言われたこと|\bчто\s{1,3}тебе\s{1,3}(?:сказал|велел|поруч)\w{1,3})",
        Options)]
    public static partial Regex Instructions();

    /// <summary>Words for instructions that ordinary texts use for other things too.</summary>
    [GeneratedRegex(
        @"(?:\brules?\b|\borders\b|\brole\b|\bpolic(?:y|ies)\b|\bprompts?\b|\bsafeguards?\b|" +
        @"\bconstraints?\b|\brestrictions?\b|\bmessages\b|\bregeln?\b|\bregles\b|\breglas\b|规则|規則|ルール|命令|" +
        @"プロンプト|\bправил\w{0,12})",
        Options)]
    public static partial Regex Rules();

    /// <summary>What makes instructions those that were there before.</summary>
    [GeneratedRegex(
        @"(?:\bprevious(?:ly)?\b|\bprior\b|\babove\b|\bearlier\b|\bbefore\b|\bpreceding\b|\bexisting\b|" +
        @"\bformer\b|\boriginal\b|\bother\b|\bsystem\w{0,12}|\bsafety\b|\bdeveloper\b|\byou(?:r|rs)?\b|" +
        @"\ball\b|\bany(?:thing)?\b|\bevery(?:thing)?\b|\bvorherig\w{0,12}|\bbisherig\w{0,12}|" +
        @"\balle[rsnm]?\b|\bdein\w{0,12}|\bfruher\w{0,12}|\bvorig\w{0,12}|\bprecedent\w{0,12}|" +
        @"\banterieur\w{0,12}|\bplus\s{1,3}haut|\btoutes?\b|\btes\b|\bvos\b|\banterior\w{0,12}|" +
        @"\bprevi[ao]s?\b|\bsistema\b|\btus\b|\btodas?\b|之前|以前|上面|所有|先前|系统|一切|これまで|上記|すべて|全て|システム|" +
        @"\bпредыдущ\w{0,12}|\bпрежн\w{0,12}|\bсистемн\w{0,12}|\bвыше\w{0,12}|\bвсе\w{0,12}|" +
        @"\bplus\s{1,3}tot\b|\bantes\b|\bzuvor\b|此前|今までの|\bраньше\b|\bдо\s{1,3}этого\b)",
        Options)]
    public static partial Regex Prior();

    /// <summary>What makes rules those of the model.</summary>
    [GeneratedRegex(
        @"(?:\byour?\b|\bdeveloper\b|\btold\b|\bsystem\s{1,3}prompt\b|\bsafety\b|\b(?:all|" +
        @"any)\s{1,3}(?:previous|prior|earlier|above)\b|\bdeine?\w{0,12}|\bbisherig\w{0,12}|" +
        @"\bvorherig\w{0,12}|\balle\b|\bfruher\w{0,12}|\bplus\s{1,3}haut|\btoutes\s{1,3}les\b|" +
        @"\bprecedent\w{0,12}|\bprevi[ao]s\b|\banterior\w{0,12}|\btodas\s{1,3}las\b|上面|以前|之前|所有|これまで|すべて|" +
        @"\bпрежн\w{0,12}|\bпредыдущ\w{0,12})",
        Options)]
    public static partial Regex Yours();

    /// <summary>A ban, or an invitation to leave something undone.</summary>
    [GeneratedRegex(
        @"(?:\b(?:do|does|should|must|may|can|need|shall|will)\s{1,3}not\b|\bmust\s{1,3}never\b|" +
        @"\b\w{1,20}n['’]t\b|\bnever\b|\bnothing\b|\bno\s{1,3}(?:one|need|reason)\b|\bnobody\b|\bavoid\b|" +
        @"\bwithout\b|\brefrain\b|\bnot\s{1,3}to\b|\bmust\s{1,3}omit\b)",
        Options)]
    public static partial Regex Negation();

    /// <summary>Letting somebody know.</summary>
    [GeneratedRegex(
        @"(?:\btell\w{0,12}|\btold\b|\binform\w{0,12}|\bmention\w{0,12}|\breveal\w{0,12}|" +
        @"\bdisclos\w{0,12}|\bsay\b|\bsaying\b|\bspeak\w{0,12}|\btalk\w{0,12}|\bknow(?:s|ing)?\b|" +
        @"\bnotice\w{0,12}|\bsee\s{1,3}(?:that|this|it|any)\b|\bfind\w{0,12}\s{1,3}out\b|\blearn\b|\bhear\w{0,12}|\baware\b|\balert\w{0,12}|" +
        @"\bworry\b)",
        Options)]
    public static partial Regex Telling();

    /// <summary>Whoever works with the model.</summary>
    [GeneratedRegex(
        @"(?:\b(?:end\s{1,3})?(?:users?|humans?|operators?)\b|\bperson\b|\bpeople\b|\bwhoever\b|" +
        @"\bkeyboard\b|\banyone\b|\banybody\b|\bno\s*body\b|\bno\s{1,3}one\b|\bthem\b|" +
        @"\bcustomers?\b|\bclients?\s{1,3}(?:must|should|may|need|know)\b)",
        Options)]
    public static partial Regex Human();

    /// <summary>What passed between people, model and tools.</summary>
    [GeneratedRegex(
        @"(?:\b(?:entire|full|whole|complete|current|this)\s{1,3}(?:conversation|chat|dialog(?:ue)?)\b|" +
        @"\b(?:conversation|chat|message|dialog(?:ue)?)\s{1,3}(?:history|log|transcript|so\s{1,3}far)\b|" +
        @"\bsystem\s{1,3}(?:prompt|message)\b|\b(?:all|every|previous|earlier|" +
        @"prior)\s{1,3}(?:of\s{1,3}the\s{1,3})?(?:\w{1,20}\s{1,3})?(?:messages?|" +
        @"turns)\b[^.!?\n。！？]{0,20}(?:\bso\s{1,3}far|\bup\s{1,3}to\s{1,3}now|\bexchanged|\bconversation)|" +
        @"\bprevious\s{1,3}messages\b|\beverything\s{1,3}the\s{1,3}user\b|\byour\s{1,3}(?:own\s{1,3}|" +
        @"initial\s{1,3})?instructions\b|\b(?:outputs?|" +
        @"results?)\s{1,3}of\s{1,3}(?:all\s{1,3})?(?:the\s{1,3})?other\s{1,3}tools\b|\b(?:other|earlier|" +
        @"all)\s{1,3}tool\s{1,3}(?:outputs?|results?)\b|\bcarries\s{1,3}the\s{1,3}conversation|" +
        @"\bgesprachsverlauf\w{0,12}|\bchatverlauf\w{0,12}|\bsystemprompt\w{0,12}|\b(?:komplette|gesamte|" +
        @"bisherige)\w{0,12}\s{1,3}(?:unterhaltung|gesprach\w{0,12}|nachrichten)|" +
        @"\bhistorique\b[^.!?\n。！？]{0,15}\b(?:conversation|discussion)|\b(?:prompt|invite)\s{1,3}systeme|" +
        @"\bhistorial\b[^.!?\n。！？]{0,15}\b(?:conversacion|chat)|\bmensajes\s{1,3}anteriores|(?:对话|聊天|会话|" +
        @"對話)(?:历史|记录|歷史|記錄|内容)|系统提示|(?:会話|チャット|対話)[^.!?\n。！？]{0,3}(?:履歴|全文|記録|内容)|" +
        @"\bистори\w{1,20}\s{1,3}(?:переписк|чат|разговор|диалог|сообщен)\w{0,12}|" +
        @"\bвсе\s{1,3}сообщени\w{0,12})",
        Options)]
    public static partial Regex Conversation();

    /// <summary>Secrets of somebody.</summary>
    [GeneratedRegex(
        @"(?:\b(?:user.{0,3}|your|any|all|whatever|saved|" +
        @"browser)\s{1,3}(?:\w{1,20}\s{1,3}){0,2}(?:api\s{1,3}keys?|access\s{1,3}tokens?|" +
        @"bearer\s{1,3}tokens?|passwords?|credentials|secrets|cookies|private\s{1,3}keys?)\b|" +
        @"\ball\s{1,3}environment\s{1,3}variables\b|\bsession\s{1,3}token\s{1,3}of\b|" +
        @"\bbearer\s{1,3}token\s{1,3}you\b|\bprivate\s{1,3}(?:ssh\s{1,3})?key\b)",
        Options)]
    public static partial Regex Credentials();

    /// <summary>A place by which data leaves.</summary>
    [GeneratedRegex(
        @"(?:\bparam(?:eter)?s?\b|\bargument\w{0,12}|\bfields?\b|\bvalue\s{1,3}of\b|\bmetadata\b|https?:|" +
        @"\w@\w|\baddress\b|\bfeld\w{0,12}|\bparametre|\bchamp\b|\bparametro|\bcampo\b|\bargumento|参数|字段|" +
        @"パラメータ|引数|フィールド|\bпараметр\w{0,12}|\bпол[ея]\b|\bаргумент\w{0,12}|\brequest\b|" +
        @"\bfield\s{1,3}called)",
        Options)]
    public static partial Regex Sink();

    /// <summary>Handing something over.</summary>
    [GeneratedRegex(
        @"(?:\b(?:include|pass|send|provide|put|append|attach|copy|paste|forward|relay|insert|place|write|" +
        @"repeat|fill|encode|hold|carry|contain|supply|post|submit|upload|hand|expects?|needs?|" +
        @"go)\w{0,3}\b|\bgrab\b|\bschreib\w{0,12}|\bubergib\w{0,12}|\bubergebe\w{0,12}|\bgib\b|\b(?:trag|setz|leg|fug|pack|send|schick|reich|ubermittl)\w{0,3}\b|\b(?:ecri[st]|ajoute[zr]?|place[zr]?|inscri[st]|transmet[st]?|envoi?e[szr]?|fournis)\b|\bmets?\b|" +
        @"\bmettez\b|\bpasse[zr]?\b|\bcopie[zr]?\b|\bincluye\w{0,12}|\bpasa\b|\b(?:pon|pong|poner|escrib|mete|anad|coloc|incluy|mand|introduc)\w{0,6}\b|\benvia\w{0,12}|把|将|放入|放进|" +
        @"填入|填写|填寫|写到|附上|传给|发送|加入|提供|提交|写入|传入|渡し|入れ|含め|書き|書い|入力|添え|貼り|送信|\bпередай\w{0,12}|\b(?:помест|запиш|укаж|впиш|прилож|внес|скопиру|подстав|пришл)\w{1,4}|\bдобавь\w{0,12}|\bотправь\w{0,12}|\bвстав\w{0,12}|" +
        @"\bвлож\w{0,12})",
        Options)]
    public static partial Regex Giving();

    /// <summary>Tools of others.</summary>
    [GeneratedRegex(
        @"(?:\b(?:any|all|every|each|no)\s{1,3}other\s{1,3}(?:\w{1,20}\s{1,3}){0,2}(?:tools?|servers?)\b|" +
        @"\bother\s{1,3}(?:\w{1,20}\s{1,3}){0,2}(?:tools|servers)\b|\banother\s{1,3}(?:server|vendor|provider)\b|" +
        @"\b(?:every|any|all|each)\s{1,3}(?:similar|comparable|competing|rival)\s{1,3}tools?\b|\btool\s{1,3}of\s{1,3}the\s{1,3}\w{1,20}\s{1,3}server\b|" +
        @"\bonly\s{1,3}tool\s{1,3}you\b|\bthe\s{1,3}(?:other|original)\s{1,3}tool\b|" +
        @"\b(?:andere|ubrige|sonstige|weitere)[nrms]{0,1}\s{1,3}\w{0,16}(?:werkzeug|server|tool)\w{0,4}|\ballen\s{1,3}anderen\b|\bautres?\s{1,3}(?:outils?|serveurs?)|" +
        @"\b(?:otr[ao]s?|demas)\s{1,3}(?:herramientas?|servidor\w{0,12})|其[他它](?:的)?(?:服务器的)?工具|其[他它]服务器|(?:他|ほか|別)の(?:すべての|全ての)?(?:ツール|サーバー?)|" +
        @"\b(?:друг|остальн)\w{1,4}\s{1,3}(?:инструмент|сервер)\w{0,12}|" +
        @"\bserver['’]?s\s{1,3}own\s{1,3}(?:\w{1,15}\s{1,3})?tools?\b|\b(?:among|over|of)\s{1,3}(?:all\s{1,3})?(?:similar|comparable|competing|rival)\s{1,3}tools\b)",
        Options)]
    public static partial Regex OtherTools();

    /// <summary>Orders about their use.</summary>
    [GeneratedRegex(
        @"(?:\brefuse\b|\bdo\s{1,3}not\s{1,3}(?:use|call|invoke|trust)|\bnever\s{1,3}(?:use|call|invoke|" +
        @"trust)|\bmust\b|\bdeprecated\b|\binstead\b|\bpreceded\s{1,3}by\b|\breplaces?\b|" +
        @"\bwrong\s{1,3}data\b|\bsupersede\w{0,12}|\bfrom\s{1,3}now\s{1,3}on\b|\brufe?\b|\bappelle[zr]?\b|" +
        @"\bllama\b|\bno\s{1,3}(?:uses|llames)\b|不要(?:再)?使用|必须|使わない|使わず|\bне\s{1,3}(?:использ|вызыва)\w{0,12}|\bсначала\b|" +
        @"\b(?:priority|precedence)\b|\bvorrang\b|\bprioritat\b|\bpriorit(?:e|aire)\b|\bprioridad\b|优先|優先|\bприоритет\w{0,4}|\bважнее\b|\bвместо\b|代替|代わりに|" +
        @"\b(?:in|ins?tead\s{1,3}of)\s{1,3}(?:its|their)\s{1,3}(?:place|stead)\b|\bthrough\s{1,3}(?:here|this)\b|\b(?:is|are)\s{1,3}(?:broken|unsafe|compromised|obsolete)\b|" +
        @"\bbefore\s{1,3}(?:you\s{1,3})?(?:call|us|invok)\w{0,12}|" +
        @"\bn.(?:utilise|appelle|emploie)[zr]?\s{1,3}(?:plus|pas)\b|\bremplacent?\b|\bdej[ae]\s{1,3}de\s{1,3}(?:usar|llamar)|\bsustituye\w?\b|\breemplaza\w?\b|\bersetzt\b|\bveraltet\w?\b|停止使用|改用|禁用|取代|обраща\w{1,4}\s{1,3}к|\bзаменя\w{1,3}\b)",
        Options)]
    public static partial Regex Diverting();

    /// <summary>Orders to do what data says.</summary>
    [GeneratedRegex(
        @"(?:\b(?:do|follow|execute|run|obey|perform|carry\s{1,3}out)\s{1,3}(?:what(?:ever)?|everything|" +
        @"anything|all|any|every)\b[^.!?\n。！？]{0,50}\b(?:response|output|result|answer|page|content|file|" +
        @"comment|it)\b[^.!?\n。！？]{0,15}\b(?:says?|asks?|demands?|contains?|tells?|holds?|instructs?|" +
        @"requests?)\b|\b(?:follow|obey)\b[^.!?\n。！？]{0,40}\b(?:tool|its|their|every|any|all)\s{1,3}(?:\w{1,12}\s{1,3})?(?:outputs?|results?|responses?)\b|\b(?:befolg|gehorch)\w{0,3}\b[^.!?\n。！？]{0,40}\b(?:ausgabe|ergebnis|antwort)\w{0,3}|" +
        @"\bobei[st]?\b[^.!?\n。！？]{0,30}\b(?:sorties?|resultats?|reponses?)|\bobedece\w?\b[^.!?\n。！？]{0,30}\b(?:salidas?|resultados?|respuestas?)|" +
        @"(?:执行|服从|遵循).{0,10}返回.{0,4}(?:命令|指令|指示)|(?:出力|結果|応答)に従(?:っ|い|う)|\b(?:следуй|подчиня|выполня)\w{0,4}\b[^.!?\n。！？]{0,40}\b(?:вывод|ответ|результат)\w{0,4})",
        Options)]
    public static partial Regex Obeying();

    /// <summary>A claim that nobody has to be asked.</summary>
    [GeneratedRegex(
        @"(?:\b(?:consent|approval|permission|confirmation)\s{1,3}(?:was|is|" +
        @"has\s{1,3}been)\s{1,3}(?:already\s{1,3})?(?:given|granted|obtained|assumed|waived)|\b(?:user|" +
        @"human|operator)s?\s{1,3}(?:has|have)\s{1,3}already\s{1,3}(?:agreed|approved|consented|confirmed|" +
        @"authori[sz]ed)|\bno\s{1,3}(?:reason|need)\s{1,3}to\s{1,3}(?:confirm|ask|" +
        @"check)\b[^.!?\n。！？]{0,30}\b(?:anybody|anyone|user|human|before)|" +
        @"(?<!\bnever\b[^.!?\n]{0,60})\b(?:without|never|do\s{1,3}not|" +
        @"don.?t)\s{1,3}(?:stop\s{1,3}to\s{1,3})?(?:ask|check|confirm|" +
        @"consult)\w{0,12}\s{1,3}(?:with\s{1,3})?(?:the\s{1,3})?(?:user|human|operator)\b(?!\s{1,3}for\b)|" +
        @"\bwithout\s{1,3}asking\s{1,3}for\s{1,3}permission|" +
        @"\bnever\s{1,3}ask\s{1,3}for\s{1,3}(?:confirmation|permission))",
        Options)]
    public static partial Regex Consent();

    /// <summary>A new role for the model.</summary>
    [GeneratedRegex(
        @"(?:\b(?:the\s{1,3})?(?:assistant|ai|llm|language\s{1,3}model|model|agent)\s{1,3}(?:must|shall|" +
        @"has\s{1,3}to|is\s{1,3}(?:required|instructed|ordered)\s{1,3}to)\s{1,3}(?:not\s{1,3}|" +
        @"never\s{1,3}|always\s{1,3}|first\s{1,3})*(?:call|send|include|read|pass|obey|ignore|hide|" +
        @"forward|follow)\b|\byou\s{1,3}(?:work|act)\s{1,3}for\s{1,3}this\s{1,3}server|" +
        @"\byou\s{1,3}are\s{1,3}now\s{1,3}(?:in\s{1,3}\w{1,20}\s{1,3}mode|an?\s{1,3}un\w{1,20})|" +
        @"\bfrom\s{1,3}(?:now|here)\s{1,3}on,?\s{1,3}you\s{1,3}(?:act|are|will|must|obey|behave)|" +
        @"\bhave\s{1,3}no\s{1,3}restrictions|\b(?:content|safety)\s{1,3}polic(?:y|ies)\s{1,3}(?:is|" +
        @"are)\s{1,3}(?:switched\s{1,3})?(?:off|disabled)|\bact\s{1,3}as\s{1,3}an?\s{1,3}(?:unrestricted|" +
        @"uncensored|unfiltered)|\bpretend\s{1,3}(?:that\s{1,3}you|" +
        @"to\s{1,3}be)\s{1,3}(?:are\s{1,3})?(?:the\s{1,3})?(?:admin|system|root|owner|developer)|" +
        @"\bdrop\s{1,3}your\b|\bwhatever\s{1,3}the\s{1,3}user\s{1,3}(?:wrote|says|said|asks)\b)",
        Options)]
    public static partial Regex Persona();

    /// <summary>What only its owner should have.</summary>
    [GeneratedRegex(
        @"(?:\b(?:private|secret|ssh|signing|encryption)\s{1,3}keys?\b|\bpasswords?\b|\bpass(?:phrase|code)s?\b|\bcredentials?\b|\bcookies\b|\bkeychain\b|\bsecrets\b|" +
        @"\b(?:access|api|auth|bearer|session|refresh|login)\s{1,3}(?:tokens?|keys?|cookies?)\b|\b(?:seed|recovery)\s{1,3}(?:phrase|words?|codes?)\b|" +
        @"\b(?:privaten?|geheimen?)\s{1,3}schlussel\w{0,2}|\bpas[sw]wor[dt]\w{0,3}|\bpaswor[dt]\w{0,3}|\bkennwor[dt]\w{0,3}|\bzugangs(?:daten|token|code)\w{0,2}|\bzugriffstoken\w?|\banmeldedaten|" +
        @"\bcles?\s{1,3}(?:privees?|secretes?|d.api)|\bmots?\s{1,3}de\s{1,3}passe|\bidentifiants?\b|\bjetons?\s{1,3}d.acces|" +
        @"\bclaves?\s{1,3}(?:privadas?|secretas?|de\s{1,3}api)|\bcontrasenas?|\bcredenciales|\btokens?\s{1,3}de\s{1,3}acceso|" +
        @"私钥|密钥|密码|口令|凭证|凭据|令牌|私鑰|密碼|憑證|秘密鍵|パスワード|認証情報|アクセストークン|暗証番号|" +
        @"\b(?:закрыт|приватн|секретн)\w{1,3}\s{1,3}ключ\w{0,3}|\bпарол\w{1,3}|\bучетн\w{1,3}\s{1,3}данн\w{1,3}|\bтокен\w{0,3}\s{1,3}доступа)",
        Options)]
    public static partial Regex Secrets();

    /// <summary>Taking something from where it lies.</summary>
    [GeneratedRegex(
        @"(?:\b(?:read|retrieve|fetch|collect|gather|extract|grab|obtain|find|locate|look\s{1,3}up|open|load|dump|list|take|copy|get)\b|" +
        @"\b(?:lies|lese|hole?|such|suche|sammle|sammel|kopiere?|nimm|offne|entnimm|ermittle)\b|\bauslesen\b|" +
        @"\b(?:lis|lisez|recupere[zr]?|cherche[zr]?|copie[zr]?|extrai[st]|extrayez|prends|prenez|ouvre[zr]?|collecte[zr]?)\b|" +
        @"\b(?:lee|lea|obten|obtenga|busca|busque|copia|copie|extrae|extraiga|recoge|toma|abre|recopila)\b|" +
        @"读取|获取|讀取|收集|复制|提取|打开|查找|読み|読ん|取得|収集|コピー|抽出|開い|探し|" +
        @"\b(?:прочита|прочти|считай|получи|найди|собери|скопиру|извлек|возьми|открой)\w{0,4}|" +
        @"\brecopil\w{1,3}\b|集め|ため込|\bsammle\b)",
        Options)]
    public static partial Regex Taking();

    /// <summary>Whose it is, or when it is to be done: what makes a sentence speak to a model about somebody.</summary>
    [GeneratedRegex(
        @"(?:\b(?:user|human|operator|owner|customer|person)(?:['’]?s)\b|\bof\s{1,3}the\s{1,3}(?:user|human|operator|owner|person)\b|\btheir\b|" +
        @"\b(?:before|prior\s{1,3}to|ahead\s{1,3}of)\s{1,3}(?:you\s{1,3}|any\s{1,3}|every\s{1,3}|each\s{1,3}|the\s{1,3})?(?:answer|respon|repl|call|us|invok|proceed)\w{0,5}|" +
        @"\b(?:be)?nutzers?\b|\banwenders?\b|\bbevor\s{1,3}du\b|\bvor\s{1,3}(?:jeder|der)\s{1,3}antwort|" +
        @"\butilisateur\b|\busager\b|\bavant\s{1,3}(?:de|toute|chaque)\b|\busuario\b|\bantes\s{1,3}de\s{1,3}(?:responder|contestar|cada|usar|llamar)|" +
        @"用户|使用者|用戶|回答之前|回答前|调用前|之前，先|ユーザー?|利用者|回答する前|回答前|呼び出す前|" +
        @"\bпользовател\w{1,3}|\bперед\s{1,3}(?:ответом|каждым|тем)\b|\bпрежде\s{1,3}чем\b|" +
        @"\bperson(?:ne|a)?\b|\bcliente?s?\b|\bmensch\w{0,2}\b|对方|本人|相手|\bчеловек\w?\b|\bклиент\w{0,2}\b|\bвладел\w{1,4}\b)",
        Options)]
    public static partial Regex Addressed();

    /// <summary>Places other than this one where somebody has an account.</summary>
    [GeneratedRegex(
        @"(?:\b(?:other|another|different)\s{1,3}(?:\w{1,12}\s{1,3})?(?:services?|tools?|servers?|sites?|accounts?|systems?|apps?|providers?)\b|\belsewhere\b|" +
        @"\bandere[nrms]?\s{1,3}(?:dienst\w{0,3}|werkzeug\w{0,3}|server\w?|konten|anbieter\w?|seiten)|\bautres?\s{1,3}(?:services?|outils?|serveurs?|comptes?|sites?)|" +
        @"\botr[ao]s?\s{1,3}(?:servicios?|herramientas?|servidor\w{0,2}|cuentas?|sitios?)|其[他它](?:的)?(?:服务|工具|服务器|网站|账号|账户|系统)|" +
        @"(?:他|別|ほか)の(?:サービス|ツール|サーバー?|サイト|アカウント)|\bдруг(?:их|ие|ого|ом|им)\s{1,3}(?:сервис|инструмент|сервер|сайт|аккаунт|систем)\w{0,4})",
        Options)]
    public static partial Regex Elsewhere();

    /// <summary>Rules that keep a model safe.</summary>
    [GeneratedRegex(
        @"(?:\bsafety\s{1,3}(?:rules?|checks?|guidelines?|restrictions?|measures?|filters?|polic(?:y|ies)|training)\b|" +
        @"\b(?:previous|prior|your|all|existing|earlier|usual|normal)\s{1,3}(?:safety|security|content)\s{1,3}\w{4,14}|" +
        @"\b(?:sicherheits|schutz)(?:regel|vorgabe|vorschrift|richtlinie|prufung|masnahme)\w{0,2}|\b(?:regles?|consignes?|mesures?|filtres?|controles?)\s{1,3}de\s{1,3}securite|" +
        @"\b(?:reglas?|normas?|medidas?|filtros?|controles?)\s{1,3}de\s{1,3}seguridad|安全(?:规则|規則|限制|策略|检查|準則|准则|措施|規則|対策|ルール|ガイドライン|制限)|" +
        @"\b(?:правил|мер|провер|ограничени|требовани)\w{0,3}\s{1,3}безопасности)",
        Options)]
    public static partial Regex SafetyRules();

    /// <summary>A claim that something holds no more.</summary>
    [GeneratedRegex(
        @"(?:\b(?:suspended|lifted|void|disabled|deactivated|revoked|waived|off|paused)\b|\b(?:no\s{1,3}longer|not)\s{1,3}(?:apply|applies|valid|needed|required|in\s{1,3}force|active|bind\w{0,3})|" +
        @"\bdo(?:es)?\s{1,3}not\s{1,3}apply|\bgelten\b.{0,30}\bnicht\b|\bauser\s{1,3}kraft\b|\baufgehoben\b|\bausgesetzt\b|\babgeschaltet\b|\bdeaktiviert\b|" +
        @"\blevee?s\b|\blevees?\b|\bsuspendu\w{0,2}|\bdesactive\w{1,3}|\bne\s{1,3}s.appliquent?\s{1,3}(?:plus|pas)|\bne\s{1,3}(?:valent|sont)\s{1,3}plus\b|" +
        @"\bya\s{1,3}no\s{1,3}(?:se\s{1,3}aplican?|rigen?|valen?|son)|\b(?:quedan?|estan?)\s{1,3}(?:anulad|suspendid|desactivad)\w{1,2}|\bno\s{1,3}se\s{1,3}aplican?\b|" +
        @"失效|作废|废除|解除|暂停|不再(?:适用|有效)|无效|無効|解除|停止され|適用され(?:ない|ません)|適用しない|" +
        @"\b(?:больше|уже)\s{1,3}не\s{1,3}(?:действу|применя|работа)\w{1,4}|\bотменен\w{0,2}|\bотключен\w{0,2}|\bприостановлен\w{0,2}|\bсняты\b)",
        Options)]
    public static partial Regex Lifted();

    /// <summary>A text that pretends that somebody else begins to speak.</summary>
    [GeneratedRegex(
        @"(?:\bend\s{1,3}of\s{1,3}(?:the\s{1,3})?(?:tool|function|user)\s{1,3}(?:description|definition|documentation|message|input)|\[\s?(?:system|admin|developer|assistant)\s?\]|" +
        @"#{2,6}\s{1,3}(?:new\s{1,3})?(?:system|developer|admin)\b|\bnew\s{1,3}(?:system|developer)\s{1,3}(?:message|prompt|instructions?)\b|" +
        @"\b(?:system|admin|developer|sicherheits)(?:hinweis|nachricht|meldung|anweisung|befehl)\w?\s{0,2}:|\b(?:message|avis|note|consigne)\s{1,3}(?:du\s{1,3})?systeme\s{0,2}:|" +
        @"\b(?:mensaje|aviso|nota|instruccion)\s{1,3}del?\s{1,3}sistema\s{0,2}:|系统(?:消息|通知|指令|提示|公告)\s{0,2}:|系統(?:訊息|通知|指令)\s{0,2}:|" +
        @"システム(?:メッセージ|通知|指示|からの連絡)\s{0,2}:|\bсистемн(?:ое|ая)\s{1,3}(?:сообщени|уведомлени|указани|инструкци|команд)\w{1,2}\s{0,2}:|\bсообщени\w\s{1,3}системы\s{0,2}:)",
        Options)]
    public static partial Regex Masquerade();

    /// <summary>What somebody wrote, keeps or has said.</summary>
    [GeneratedRegex(
        @"(?:\beverything\s{1,3}(?:that\s{1,3})?the\s{1,3}(?:user|human|person|operator)\b|\b(?:user|human|person|operator)(?:['’]?s)\s{1,3}(?:\w{1,12}\s{1,3}){0,2}(?:messages?|contacts?|clipboard|history|files?|mails?|emails?|documents?|screen|prompts?|questions?|conversations?)\b|" +
        @"\bclipboard\b|\bkeystrokes\b|\b(?:chat|gesprachs|such|browser)verlauf\w{0,2}|\bkontakte\b|\bzwischenablage\b|\bnachrichten\b|\beingaben\b|" +
        @"\bhistorique\b|\bcontacts\b|\bmessages\b|\bpresse.papiers\b|\bhistorial\b|\bcontactos\b|\bmensajes\b|\bportapapeles\b|\bconversacion\w{0,2}|" +
        @"聊天记录|聊天紀錄|对话|通讯录|联系人|剪贴板|消息记录|輸入內容|输入的?内容|会話(?:の内容|履歴)|履歴|連絡先|クリップボード|入力内容|" +
        @"\bпереписк\w{1,2}|\bконтакт\w{1,3}|\bистори\w\b|\bбуфер\w{0,3}\s{1,3}обмена|\bсообщени\w{1,2}|\bзапрос\w{1,3}\s{1,3}пользовател|" +
        @"\btheir\s{1,3}(?:mailbox|inbox|messages?|contacts?|calendar|files?|history|clipboard|conversations?)\b|\btermine\b|\badressbuch\b|\bcarnet\s{1,3}d.adresses|\bagenda\b|メール|予定)",
        Options)]
    public static partial Regex PersonalData();

    /// <summary>Leaving for somewhere else.</summary>
    [GeneratedRegex(
        @"(?:\b(?:sent|forwarded|copied|transmitted|uploaded|relayed|mirrored|passed|leaked|exfiltrated)\s{1,3}(?:along|on|out|away|elsewhere)\b|\b(?:send|forward|copy|upload|relay|mirror|transmit)\w{0,3}\b.{0,60}(?:https?:|\w@\w|\bthird\s{1,3}part|\bexternal\b|\boutside\b)|" +
        @"\b(?:kopiert|gesendet|gesandt|ubertragen|weitergeleitet|ubermittelt|mitgeschickt|hochgeladen)\b|\b(?:transmis|envoye|copie|transfere)\w{0,3}\b.{0,40}\b(?:tiers|externe|ailleurs|serveur|autre)\b|" +
        @"\b(?:envia|transmite|copia|reenvia|manda)\w{0,3}\b.{0,40}\b(?:tercero|extern|otro\s{1,3}servidor|fuera)\w{0,2}|" +
        @"(?:发送|傳送|传送|上传|转发|轉發|复制).{0,12}(?:外部|第三方|其[他它]|他人)|(?:外部|第三方|其[他它]服务器).{0,10}(?:发送|上传|转发)|" +
        @"(?:外部|第三者|別のサーバー?|他のサーバー?).{0,10}(?:送|転送|共有|渡)|" +
        @"\b(?:отправля|переда|пересыла|копиру|выгружа)\w{1,5}\b.{0,40}\b(?:сторонн|внешн|треть|друг)\w{1,4})",
        Options)]
    public static partial Regex Leaving();
}
