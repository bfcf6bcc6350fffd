using System.Buffers;
using System.Text.RegularExpressions;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>The orders the scan knows by what they mean.</summary>
internal static partial class ScanConcepts
{
    private const int LongestSentence = 600;

    private static readonly SearchValues<char> Marks = SearchValues.Create(".!?。！？\n;:");

    private static readonly ScanGate SecretGate = Gate(
        "key", "token", "pass", "credential", "cookie", "secret", "phrase", "words", "codes", "schlussel", "kennwor", "zugangs", "zugriffs", "anmelde", "cles", "mot", "identifiant", "jeton", "clave", "contrasen",
        "credencial", "钥", "密码", "口令", "凭", "令牌", "鑰", "密碼", "憑", "秘密鍵", "パスワード", "認証", "トークン", "暗証", "ключ", "парол", "учетн", "токен");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ScanConcept> All { get; } =
    [
        new(
            "ignore-instructions",
            FindingSeverity.High,
            "tells the model to set aside what it was told",
            Gate("instru", "guidance", "told", "asked", "demande", "dit", "pidi", "dij", "orden", "gesagt", "aufgetragen", "要求", "吩咐", "言われた", "сказал", "велел", "поруч", "guideline", "directive", "system", "anweisung", "vorgabe", "richtlinie", "consigne", "directrices", "indicaciones", "指令", "指示", "提示", "システム", "инструкци", "указани"),
            ScanWords.Dismisses(),
            ScanWords.Instructions(),
            60,
            ScanWords.Prior()),
        new(
            "ignore-instructions",
            FindingSeverity.Medium,
            "tells the model to set aside its rules",
            Gate("rule", "orders", "role", "polic", "prompt", "safeguard", "constraint", "restriction", "messages", "regel", "regles", "reglas", "规则", "規則", "ルール", "命令", "プロンプト", "правил"),
            ScanWords.Dismisses(),
            ScanWords.Rules(),
            40,
            ScanWords.Yours()),
        new(
            "conceal",
            FindingSeverity.High,
            "tells the model to keep something from the user",
            Gate("tell", "told", "inform", "mention", "reveal", "disclos", "say", "speak", "talk", "know", "notic", "find", "learn", "hear", "aware", "alert", "worry", "see"),
            ScanWords.Negation(),
            ScanWords.Telling(),
            40,
            ScanWords.Human(),
            Unintended()),
        new("conceal", FindingSeverity.High, "tells the model to keep something from the user", Gate("unaware", "dark", "oblivious", "uninformed", "wiser"), Unaware(), ScanWords.Human(), 60),
        new(
            "conceal",
            FindingSeverity.High,
            "tells the model to keep something from the user",
            Gate("nutzer", "anwender", "utilisateur", "usager", "personne", "insu", "sans", "usuario", "nadie", "person", "kunde", "用户", "使用者", "用戶", "任何人", "对方", "本人", "他人", "ユーザ", "利用者", "相手", "瞒着", "человек", "клиент", "владел", "пользовател", "никому", "втайне", "ведома"),
            Untold()),
        new(
            "collects-context",
            FindingSeverity.High,
            "asks for the conversation or the system prompt to be passed on",
            Gate("conversation", "chat", "dialog", "message", "system", "everything", "instructions", "tool", "verlauf", "unterhaltung", "gesprach", "nachricht", "discussion", "conversacion", "mensajes", "对话", "聊天", "会话", "對話", "会話", "チャット", "対話", "истори", "сообщени"),
            ScanWords.Conversation(),
            ScanWords.Sink(),
            120,
            ScanWords.Giving(),
            Harmless()),
        new(
            "collects-context",
            FindingSeverity.High,
            "asks for credentials to be passed on",
            Gate("key", "token", "password", "credential", "secret", "cookie", "environment"),
            ScanWords.Credentials(),
            ScanWords.Sink(),
            120,
            ScanWords.Giving(),
            Harmless()),
        new(
            "collects-context",
            FindingSeverity.High,
            "asks for secrets to be taken from somebody and passed on",
            SecretGate,
            ScanWords.Secrets(),
            ScanWords.Sink(),
            160,
            ScanWords.Giving(),
            Harmless(),
            [ScanWords.Taking(), ScanWords.Addressed()]),
        new(
            "collects-context",
            FindingSeverity.High,
            "asks for what somebody uses at another place",
            SecretGate,
            ScanWords.Secrets(),
            ScanWords.Elsewhere(),
            100,
            Unless: Harmless()),
        new(
            "collects-context",
            FindingSeverity.Medium,
            "sends what somebody wrote or keeps to another place",
            Gate("user", "human", "clipboard", "keystrokes", "person", "their", "termine", "adressbuch", "carnet", "agenda", "メール", "予定", "verlauf", "kontakte", "zwischenablage", "nachrichten", "eingaben", "historique", "contacts", "messages", "papiers", "historial", "contactos", "mensajes", "portapapeles", "conversacion", "聊天", "对话", "通讯录", "联系人", "剪贴板", "消息", "內容", "内容", "履歴", "連絡先", "クリップボード", "переписк", "контакт", "истори", "буфер", "сообщени", "запрос"),
            ScanWords.PersonalData(),
            ScanWords.Leaving(),
            80,
            Also: [ScanWords.Addressed()]),
        new(
            "ignore-instructions",
            FindingSeverity.High,
            "says that rules of safety hold no more",
            Gate("safety", "security", "content", "sicherheits", "schutz", "securite", "seguridad", "安全", "безопасности"),
            ScanWords.SafetyRules(),
            ScanWords.Lifted(),
            60),
        new("role-marker", FindingSeverity.Medium, "pretends that the system speaks", Gate("system", "end of", "[admin", "[developer", "[assistant", "# developer", "# admin", "new developer", "sicherheits", "sistema", "系统", "系統", "システム", "систем"), ScanWords.Masquerade()),
        new("obeys-output", FindingSeverity.High, "tells the model to do whatever some data says", Gate("what", "every", "any", "all", "follow", "obey", "befolg", "gehorch", "obei", "obedece", "执行", "服从", "遵循", "従", "следуй", "подчиня", "выполня"), ScanWords.Obeying()),
        new(
            "other-tools",
            FindingSeverity.Medium,
            "gives orders about other tools or servers",
            Gate("other", "only", "original", "similar", "comparable", "competing", "rival", "server", "andere", "ubrige", "sonstige", "weitere", "autre", "otra", "otro", "demas", "其他", "其它", "他の", "ほかの", "別の", "друг", "остальн"),
            ScanWords.OtherTools(),
            ScanWords.Diverting(),
            120),
        new("consent", FindingSeverity.Medium, "says that nobody has to be asked", Gate("consent", "approv", "permission", "confirm", "already", "ask", "check", "consult", "need"), ScanWords.Consent()),
        new("secret-file", FindingSeverity.High, "is about the content of a file that holds secrets", Gate("ssh", "id_rsa", "id_ed25519", ".aws", "/etc/", "mcp.json", "claude_desktop", ".kube", "cookie"), SecretPath(), Unless: MereMention()),
        new("secret-file", FindingSeverity.Medium, "names a file that may hold secrets", Gate(".env", ".npmrc", ".netrc"), SettingsPath(), Unless: MereMention()),
        new("conceal", FindingSeverity.Medium, "asks not to mention something", Gate("mention", "reveal", "disclos", "show", "say", "talk", "leave out", "omit", "hide", "conceal", "keep"), Omission()),
        new("covert-action", FindingSeverity.Medium, "sends something to a place that nobody asked for", Gate("cc", "copy of", "content", "unnoticed", "undetected"), SideChannel()),
        new("other-tools", FindingSeverity.Medium, "gives orders about other tools or servers", Gate("tool", "use of", "output", "text as", "content as"), Hijack()),
        new("persona", FindingSeverity.High, "gives the model another role", Gate("assistant", "ai ", "llm", "model", "agent", "you", "restrictions", "polic", "pretend", "act as", "the user"), ScanWords.Persona()),
    ];

    /// <summary>The sentences of a text, long ones in pieces: where each begins, and how long it is.</summary>
    public static IEnumerable<(int Index, int Length)> Sentences(string text)
    {
        int from = 0;
        for (int at = NextMark(text, 0); at >= 0; at = NextMark(text, Math.Max(at + 1, from)))
        {
            if (!IsEnd(text, at))
            {
                continue;
            }

            foreach ((int, int) piece in Pieces(from, at + 1))
            {
                yield return piece;
            }

            from = at + 1;
        }

        foreach ((int, int) piece in Pieces(from, text.Length))
        {
            yield return piece;
        }
    }

    private static ScanGate Gate(params string[] parts) => new(parts);

    private static int NextMark(string text, int from)
    {
        int at = from < text.Length ? text.AsSpan(from).IndexOfAny(Marks) : -1;
        return at < 0 ? -1 : from + at;
    }

    // Points of Latin scripts end a sentence before a blank only: others stand in numbers, names and addresses.
    private static bool IsEnd(string text, int at)
    {
        bool isBeforeBlank = at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]);
        return text[at] switch
        {
            '.' or '!' or '?' => isBeforeBlank,
            ';' or ':' => isBeforeBlank && at + 1 < text.Length && at > 0 && (char.IsLetterOrDigit(text[at - 1]) || text[at - 1] == '_'),
            _ => true,
        };
    }

    private static IEnumerable<(int Index, int Length)> Pieces(int from, int to)
    {
        // Half of each is in the next again, so that an order does not hide on the border.
        for (int at = from; at < to; at += LongestSentence / 2)
        {
            yield return (at, Math.Min(to - at, LongestSentence));
            if (at + LongestSentence >= to)
            {
                yield break;
            }
        }
    }

    [GeneratedRegex(
        @"~/\.ssh|\.ssh/|\bid_rsa\b|\bid_ed25519\b(?!\.pub)|\.aws/credentials|/etc/shadow|/etc/passwd|\.cursor/mcp\.json|\bclaude_desktop_config\b|\.kube/config|" +
        @"\bcookie\s{1,3}(?:database|store|jar)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex SecretPath();

    [GeneratedRegex(
        @"\.npmrc\b|\.netrc\b|(?<!\w)\.env\b(?!\s{0,3}(?:variables|\.example))",
        RegexOptions.CultureInvariant)]
    private static partial Regex SettingsPath();

    [GeneratedRegex(
        @"\be\.g\.|\bfor example\b|\bsuch as\b|\bdefaults?\b|\bnot\b|\bnever\b|\brefuses?\b|\bblocks?\b|\bexcept\b|\bexclud\w{1,6}|\bpath\b|\bpublic\b|\bprevent\w{0,5}|\betc\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex MereMention();

    [GeneratedRegex(
        @"\b(?:do\s{1,3}not|don.?t|never|must\s{1,3}not)\s{1,3}(?:mention|reveal|disclose|show|say|talk)\b.{0,60}\b(?:to\s{1,3}(?:the\s{1,3})?(?:end\s{1,3})?(?:user|human|operator|person)|to\s{1,3}them|" +
        @"in\s{1,3}your\s{1,3}(?:reply|answer|response|summary)|when\s{1,3}you\s{1,3}(?:answer|reply|explain)|the\s{1,3}user\s{1,3}what|you\s{1,3}used)\b|" +
        @"\bleave\s{1,3}out\s{1,3}the\s{1,3}(?:upload|request|call|step|copy)|\bmust\s{1,3}omit\b|\b(?:hide|conceal|keep)\b.{0,20}\bfrom\s{1,3}the\s{1,3}(?:user|human|person|operator)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Omission();

    [GeneratedRegex(
        @"\b(?:add|include|set|insert)\s{1,3}(?:a\s{1,3})?b?cc\b.{0,15}\w@\w|\b(?:forward|send)\s{1,3}a\s{1,3}copy\s{1,3}of\s{1,3}(?:every|each|all)\b.{0,30}(?:\w@\w|\+[0-9]{5}|https?:)|" +
        @"\bcontents?\s{1,3}of\s{1,3}(?:the\s{1,3}user|other|all)\b.{0,40}\w@\w|\b(?:post|send|copy|upload|forward)\b.{0,80}\b(?:unnoticed|undetected)\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex SideChannel();

    [GeneratedRegex(
        @"\b(?:prefer|use)\s{1,3}this\s{1,3}tool\s{1,3}over\b|\btreat\s{1,3}(?:their|its|the)\s{1,3}(?:text|content|output)\s{1,3}as\s{1,3}(?:orders|instructions|commands)|" +
        @"\bfor\s{1,3}(?:each|every)\s{1,3}call\s{1,3}of\s{1,3}any\s{1,3}tool\b|\btool\s{1,3}of\s{1,3}another\s{1,3}server\b|\btool\s{1,3}is\s{1,3}(?:used|called|invoked)\b.{0,40}\b(?:change|replace|add|put)\b|" +
        @"\bafter\s{1,3}every\s{1,3}use\s{1,3}of\s|\bmust\s{1,3}be\s{1,3}preceded\s{1,3}by\b.{0,30}\bthis\s{1,3}tool\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Hijack();

    [GeneratedRegex(
        @"\bunaware\b|\bin\s{1,3}the\s{1,3}dark\b|\boblivious\b|\buninformed\b|\bnone\s{1,3}the\s{1,3}wiser\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Unaware();

    [GeneratedRegex(
        @"\bohne\s{1,3}(?:dass|wissen)\b.{0,25}(?:nutzer|anwender)|\b(?:be)?(?:nutzer|anwender|person|kunde)\w{0,5}\b.{0,20}\b(?:darf|" +
        @"soll|muss?|braucht)\w{0,3}\b.{0,30}\b(?:nichts?|nie|kein\w{0,2})\b.{0,30}\b(?:erfahr|wis|merk|bemerk|mitbekomm|seh)\w{1,5}|\b(?:sag|teil|verrat|erzahl|" +
        @"erwahn|informier)\w{0,6}\b.{0,50}\b(?:nutzer|benutzer|anwender|person|kunde)\w{0,3}\b.{0,30}\b(?:nichts?|niemals|nie)\b|" +
        @"\bn[e'’]\s{0,2}(?:en\s{1,2})?(?:dis|dites|signale[zr]?|previens|avertis|indique[zr]?|montre[zr]?|parle[zrs]?|mentionne[zrs]?|revele[zrs]?|" +
        @"informe[zrs]?)\b.{0,12}\b(?:pas|jamais|rien)\b.{0,40}\b(?:utilisateur|usager|personne)|\ba\s{1,2}l.insu\b|" +
        @"\bsans\s{1,2}(?:le\s{1,2}dire|prevenir|en\s{1,2}informer|que\s{1,2}l.utilisateur)|" +
        @"\butilisateur\b.{0,20}\b(?:ne\s{1,2}doit\s{1,2}(?:pas|jamais|rien)|n.a\s{1,2}pas\s{1,2}(?:a|besoin\s{1,2}de))\s{1,2}(?:\w{1,4}\s{1,2})?(?:savoir|voir|remarquer|apprendre)|" +
        @"\bno\s{1,2}(?:le\s{1,2}|se\s{1,2}lo\s{1,2}|lo\s{1,2})?(?:digas?|menciones?|informes?|reveles|cuentes|" +
        @"avises)\b.{0,40}\b(?:usuario|nadie)\b|\bsin\s{1,2}que\s{1,2}(?:el\s{1,2}usuario|nadie|la\s{1,2}persona)|\bevit\w{1,3}\s{1,2}que\b.{0,25}\b(?:enter|sep|not|vea|sosp)\w{0,5}|" +
        @"\busuario\b.{0,10}\bno\s{1,2}(?:debe|sepa|puede|(?:le\s{1,2})?(?:hace\s{1,2}falta|necesita|tiene\s{1,2}que|hay\s{1,2}que))\b.{0,15}\b(?:enter|sab|not|ver|conoc)\w{0,6}|(?:不必|无须|不需要|没必要|不能|不可|無需|不須)(?:让|使|讓|給|给)?.{0,6}(?:用户|使用者|用戶|任何人).{0,6}(?:知道|知晓|知曉|发现|發現|察觉|看到)|(?:不要|别|不得|切勿|禁止|无需|" +
        @"不用|勿)(?:告诉|告知|通知|告訴|让|向|对).{0,10}(?:用户|使用者|用戶|任何人|对方|本人|他人)|(?:用户|使用者|用戶).{0,3}不知|瞒着|(?:ユーザー?|利用者|本人|相手|お客様).{0,12}(?:知らせない|知らせず|" +
        @"伝えない|伝えず|伝えなく|伝える必要|言わない|言わなく|教えない|教えなく|知らせなく|知らせる必要|知る必要|見せない|見せず|秘密|内緒|気づかれ|気付かれ|知られ)|не\s{1,2}(?:говор|сообща|рассказыва|упомина|" +
        @"раскрыва)\w{1,6}.{0,40}(?:пользовател|никому)|чтобы.{0,10}(?:пользовател|человек|клиент|владел)\w{0,4}\s{1,2}не\s|" +
        @"пользовател\w{1,3}\s{1,2}(?:не\s{1,2}(?:долж\w{1,4}|нужно|надо|следует|обязан\w?)|незачем|необязательно|ни\s{1,2}к\s{1,2}чему)\s{1,2}(?:об\s{1,2}этом\s{1,2})?(?:знать|узнать|заметить|видеть|замечать)|втайне\s{1,2}от|" +
        @"без\s{1,2}ведома",
        RegexOptions.CultureInvariant)]
    private static partial Regex Untold();

    [GeneratedRegex(
        @"\bwithout\s{1,3}(?:\w{1,15}\s{1,3})?knowing\b(?!.{0,30}\buser)|\busers?\s{1,3}(?:need|want)\s{1,3}to\b",
        RegexOptions.CultureInvariant)]
    private static partial Regex Unintended();

    [GeneratedRegex(
        @"\bids?\b|_ids?\b|\bto\s{1,3}the\s{1,3}conversation\b|\bpassword\s{1,3}(?:field|reset|policy)|\b(?:do\s{1,3}not|don.?t|never)\s{1,3}(?:include|send|pass|store|log|put|write)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();
}
