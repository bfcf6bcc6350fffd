using System.Text.RegularExpressions;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>
/// The words of one meaning in English, German, French, Spanish, Chinese, Japanese and Russian, as <see cref="PlainText.Fold"/> writes them. A rule asks
/// for several meanings in one sentence, so that it knows an order in many wordings. Every repetition is bounded.
/// </summary>
internal static class ScanWords
{
    private const RegexOptions Options = RegexOptions.CultureInvariant;

    /// <summary>What sets something aside or declares it void.</summary>
    public static Regex Dismisses() => new(
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
        Options);

    /// <summary>What a model was told.</summary>
    public static Regex Instructions() => new(
        @"(?:\binstructions?\b|\bguidance\b|\bguidelines?\b|\bdirectives?\b|\bsystem\s{1,3}(?:prompt|" +
        @"message)\b|\banweisung\w{0,12}|\bvorgaben?\b|\brichtlinien?\b|\binstruktion\w{0,12}|" +
        @"\bconsignes?\b|\binstrucciones\b|\bdirectrices\b|\bindicaciones\b|指令|指示|系统提示|提示词|システムプロンプト|" +
        @"\bинструкци\w{0,12}|\bуказани\w{0,12})",
        Options);

    /// <summary>Words for instructions that ordinary texts use for other things too.</summary>
    public static Regex Rules() => new(
        @"(?:\brules?\b|\borders\b|\brole\b|\bpolic(?:y|ies)\b|\bprompts?\b|\bsafeguards?\b|" +
        @"\bconstraints?\b|\brestrictions?\b|\bmessages\b|\bregeln?\b|\bregles\b|\breglas\b|规则|規則|ルール|命令|" +
        @"プロンプト|\bправил\w{0,12})",
        Options);

    /// <summary>What makes instructions those that were there before.</summary>
    public static Regex Prior() => new(
        @"(?:\bprevious(?:ly)?\b|\bprior\b|\babove\b|\bearlier\b|\bbefore\b|\bpreceding\b|\bexisting\b|" +
        @"\bformer\b|\boriginal\b|\bother\b|\bsystem\w{0,12}|\bsafety\b|\bdeveloper\b|\byou(?:r|rs)?\b|" +
        @"\ball\b|\bany(?:thing)?\b|\bevery(?:thing)?\b|\bvorherig\w{0,12}|\bbisherig\w{0,12}|" +
        @"\balle[rsnm]?\b|\bdein\w{0,12}|\bfruher\w{0,12}|\bvorig\w{0,12}|\bprecedent\w{0,12}|" +
        @"\banterieur\w{0,12}|\bplus\s{1,3}haut|\btoutes?\b|\btes\b|\bvos\b|\banterior\w{0,12}|" +
        @"\bprevi[ao]s?\b|\bsistema\b|\btus\b|\btodas?\b|之前|以前|上面|所有|先前|系统|一切|これまで|上記|すべて|全て|システム|" +
        @"\bпредыдущ\w{0,12}|\bпрежн\w{0,12}|\bсистемн\w{0,12}|\bвыше\w{0,12}|\bвсе\w{0,12})",
        Options);

    /// <summary>What makes rules those of the model.</summary>
    public static Regex Yours() => new(
        @"(?:\byour?\b|\bdeveloper\b|\btold\b|\bsystem\s{1,3}prompt\b|\bsafety\b|\b(?:all|" +
        @"any)\s{1,3}(?:previous|prior|earlier|above)\b|\bdeine?\w{0,12}|\bbisherig\w{0,12}|" +
        @"\bvorherig\w{0,12}|\balle\b|\bfruher\w{0,12}|\bplus\s{1,3}haut|\btoutes\s{1,3}les\b|" +
        @"\bprecedent\w{0,12}|\bprevi[ao]s\b|\banterior\w{0,12}|\btodas\s{1,3}las\b|上面|以前|之前|所有|これまで|すべて|" +
        @"\bпрежн\w{0,12}|\bпредыдущ\w{0,12})",
        Options);

    /// <summary>A ban, or an invitation to leave something undone.</summary>
    public static Regex Negation() => new(
        @"(?:\b(?:do|does|should|must|may|can|need|shall|will)\s{1,3}not\b|\bmust\s{1,3}never\b|" +
        @"\b\w{1,20}n['’]t\b|\bnever\b|\bnothing\b|\bno\s{1,3}(?:one|need|reason)\b|\bnobody\b|\bavoid\b|" +
        @"\bwithout\b|\brefrain\b|\bnot\s{1,3}to\b|\bmust\s{1,3}omit\b)",
        Options);

    /// <summary>Letting somebody know.</summary>
    public static Regex Telling() => new(
        @"(?:\btell\w{0,12}|\btold\b|\binform\w{0,12}|\bmention\w{0,12}|\breveal\w{0,12}|" +
        @"\bdisclos\w{0,12}|\bsay\b|\bsaying\b|\bspeak\w{0,12}|\btalk\w{0,12}|\bknow(?:s|ing)?\b|" +
        @"\bnotice\w{0,12}|\bfind\w{0,12}\s{1,3}out\b|\blearn\b|\bhear\w{0,12}|\baware\b|\balert\w{0,12}|" +
        @"\bworry\b)",
        Options);

    /// <summary>Whoever works with the model.</summary>
    public static Regex Human() => new(
        @"(?:\b(?:end\s{1,3})?(?:users?|humans?|operators?)\b|\bperson\b|\bpeople\b|\bwhoever\b|" +
        @"\bkeyboard\b|\banyone\b|\banybody\b|\bno\s*body\b|\bno\s{1,3}one\b|\bthem\b)",
        Options);

    /// <summary>What passed between people, model and tools.</summary>
    public static Regex Conversation() => new(
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
        Options);

    /// <summary>Secrets of somebody.</summary>
    public static Regex Credentials() => new(
        @"(?:\b(?:user.{0,3}|your|any|all|whatever|saved|" +
        @"browser)\s{1,3}(?:\w{1,20}\s{1,3}){0,2}(?:api\s{1,3}keys?|access\s{1,3}tokens?|" +
        @"bearer\s{1,3}tokens?|passwords?|credentials|secrets|cookies|private\s{1,3}keys?)\b|" +
        @"\ball\s{1,3}environment\s{1,3}variables\b|\bsession\s{1,3}token\s{1,3}of\b|" +
        @"\bbearer\s{1,3}token\s{1,3}you\b|\bprivate\s{1,3}(?:ssh\s{1,3})?key\b)",
        Options);

    /// <summary>A place by which data leaves.</summary>
    public static Regex Sink() => new(
        @"(?:\bparam(?:eter)?s?\b|\bargument\w{0,12}|\bfields?\b|\bvalue\s{1,3}of\b|\bmetadata\b|https?:|" +
        @"\w@\w|\baddress\b|\bfeld\w{0,12}|\bparametre|\bchamp\b|\bparametro|\bcampo\b|\bargumento|参数|字段|" +
        @"パラメータ|引数|フィールド|\bпараметр\w{0,12}|\bпол[ея]\b|\bаргумент\w{0,12}|\brequest\b|" +
        @"\bfield\s{1,3}called)",
        Options);

    /// <summary>Handing something over.</summary>
    public static Regex Giving() => new(
        @"(?:\b(?:include|pass|send|provide|put|append|attach|copy|paste|forward|relay|insert|place|write|" +
        @"repeat|fill|encode|hold|carry|contain|supply|post|submit|upload|hand|expects?|needs?|" +
        @"go)\w{0,3}\b|\bgrab\b|\bschreib\w{0,12}|\bubergib\w{0,12}|\bubergebe\w{0,12}|\bgib\b|\bmets?\b|" +
        @"\bmettez\b|\bpasse[zr]?\b|\bcopie[zr]?\b|\bincluye\w{0,12}|\bpasa\b|\benvia\w{0,12}|把|将|放入|放进|" +
        @"填入|写入|传入|渡し|入れ|含め|送信|\bпередай\w{0,12}|\bдобавь\w{0,12}|\bотправь\w{0,12}|\bвстав\w{0,12}|" +
        @"\bвлож\w{0,12})",
        Options);

    /// <summary>Tools of others.</summary>
    public static Regex OtherTools() => new(
        @"(?:\b(?:any|all|every|each|no)\s{1,3}other\s{1,3}(?:\w{1,20}\s{1,3}){0,2}(?:tools?|servers?)\b|" +
        @"\bother\s{1,3}(?:\w{1,20}\s{1,3}){0,2}(?:tools|servers)\b|\banother\s{1,3}server\b|" +
        @"\bonly\s{1,3}tool\s{1,3}you\b|\bthe\s{1,3}(?:other|original)\s{1,3}tool\b|" +
        @"\bjedem?\s{1,3}andere\w{0,12}\s{1,3}werkzeug\w{0,12}|\bautres?\s{1,3}(?:outils?|serveurs?)|" +
        @"\botr[ao]s?\s{1,3}(?:herramientas?|servidor\w{0,12})|其他工具|其它工具|他のツール|" +
        @"\bдруги\w{1,20}\s{1,3}инструмент\w{0,12})",
        Options);

    /// <summary>Orders about their use.</summary>
    public static Regex Diverting() => new(
        @"(?:\brefuse\b|\bdo\s{1,3}not\s{1,3}(?:use|call|invoke|trust)|\bnever\s{1,3}(?:use|call|invoke|" +
        @"trust)|\bmust\b|\bdeprecated\b|\binstead\b|\bpreceded\s{1,3}by\b|\breplaces?\b|" +
        @"\bwrong\s{1,3}data\b|\bsupersede\w{0,12}|\bfrom\s{1,3}now\s{1,3}on\b|\brufe?\b|\bappelle[zr]?\b|" +
        @"\bllama\b|不要使用|必须|使わない|\bне\s{1,3}использ\w{0,12}|\bсначала\b|" +
        @"\bbefore\s{1,3}(?:you\s{1,3})?(?:call|us|invok)\w{0,12})",
        Options);

    /// <summary>Orders to do what data says.</summary>
    public static Regex Obeying() => new(
        @"(?:\b(?:do|follow|execute|run|obey|perform|carry\s{1,3}out)\s{1,3}(?:what(?:ever)?|everything|" +
        @"anything|all|any|every)\b[^.!?\n。！？]{0,50}\b(?:response|output|result|answer|page|content|file|" +
        @"comment|it)\b[^.!?\n。！？]{0,15}\b(?:says?|asks?|demands?|contains?|tells?|holds?|instructs?|" +
        @"requests?)\b)",
        Options);

    /// <summary>A claim that nobody has to be asked.</summary>
    public static Regex Consent() => new(
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
        Options);

    /// <summary>A new role for the model.</summary>
    public static Regex Persona() => new(
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
        Options);
}
