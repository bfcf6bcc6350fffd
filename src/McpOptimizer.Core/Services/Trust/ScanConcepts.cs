using System.Buffers;
using System.Text.RegularExpressions;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>The orders the scan knows by what they mean.</summary>
internal static class ScanConcepts
{
    private const int LongestSentence = 600;

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ScanConcept> All { get; } =
    [
        new(
            "ignore-instructions",
            FindingSeverity.High,
            "tells the model to set aside what it was told",
            Gate("instru", "guidance", "guideline", "directive", "system", "anweisung", "vorgabe", "richtlinie", "consigne", "directrices", "indicaciones", "指令", "指示", "提示", "システム", "инструкци", "указани"),
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
            Gate("tell", "told", "inform", "mention", "reveal", "disclos", "say", "speak", "talk", "know", "notic", "find", "learn", "hear", "aware", "alert", "worry"),
            ScanWords.Negation(),
            ScanWords.Telling(),
            40,
            ScanWords.Human(),
            Unintended()),
        new("conceal", FindingSeverity.High, "tells the model to keep something from the user", Gate("unaware", "dark"), Unaware(), ScanWords.Human(), 60),
        new(
            "conceal",
            FindingSeverity.High,
            "tells the model to keep something from the user",
            Gate("nutzer", "anwender", "utilisateur", "usager", "personne", "insu", "sans", "usuario", "nadie", "用户", "使用者", "用戶", "任何人", "ユーザ", "利用者", "瞒着", "пользовател", "никому", "втайне", "ведома"),
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
        new("obeys-output", FindingSeverity.High, "tells the model to do whatever some data says", Gate("what", "every", "any", "all"), ScanWords.Obeying()),
        new(
            "other-tools",
            FindingSeverity.Medium,
            "gives orders about other tools or servers",
            Gate("other", "only", "original", "andere", "autre", "otra", "otro", "其他", "其它", "他の", "други"),
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

    /// <summary>The sentences of a text, long ones in pieces.</summary>
    public static IEnumerable<(int Index, string Text)> Sentences(string text)
    {
        int from = 0;
        foreach (Match end in SentenceEnd.Matches(text))
        {
            foreach ((int, string) piece in Pieces(text, from, end.Index + 1))
            {
                yield return piece;
            }

            from = end.Index + end.Length;
        }

        foreach ((int, string) piece in Pieces(text, from, text.Length))
        {
            yield return piece;
        }
    }

    private static SearchValues<string> Gate(params string[] parts) => SearchValues.Create(parts, StringComparison.Ordinal);

    private static IEnumerable<(int Index, string Text)> Pieces(string text, int from, int to)
    {
        // Half of each is in the next again, so that an order does not hide on the border.
        for (int at = from; at < to; at += LongestSentence / 2)
        {
            yield return (at, text[at..Math.Min(to, at + LongestSentence)]);
            if (at + LongestSentence >= to)
            {
                yield break;
            }
        }
    }

    private static readonly Regex SentenceEnd = new(@"[.!?](?=\s|$)\s{0,3}|[。！？\n]|(?<=\w)[;:](?=\s)", RegexOptions.CultureInvariant);

    private static Regex SecretPath() => new(
        @"~/\.ssh|\.ssh/|\bid_rsa\b|\bid_ed25519\b(?!\.pub)|\.aws/credentials|/etc/shadow|/etc/passwd|\.cursor/mcp\.json|\bclaude_desktop_config\b|\.kube/config|" +
        @"\bcookie\s{1,3}(?:database|store|jar)\b",
        RegexOptions.CultureInvariant);

    private static Regex SettingsPath() => new(@"\.npmrc\b|\.netrc\b|(?<!\w)\.env\b(?!\s{0,3}(?:variables|\.example))", RegexOptions.CultureInvariant);

    private static Regex MereMention() => new(
        @"\be\.g\.|\bfor example\b|\bsuch as\b|\bdefaults?\b|\bnot\b|\bnever\b|\brefuses?\b|\bblocks?\b|\bexcept\b|\bexclud\w{1,6}|\bpath\b|\bpublic\b|\bprevent\w{0,5}|\betc\b",
        RegexOptions.CultureInvariant);

    private static Regex Omission() => new(
        @"\b(?:do\s{1,3}not|don.?t|never|must\s{1,3}not)\s{1,3}(?:mention|reveal|disclose|show|say|talk)\b.{0,60}\b(?:to\s{1,3}(?:the\s{1,3})?(?:end\s{1,3})?(?:user|human|operator|person)|to\s{1,3}them|" +
        @"in\s{1,3}your\s{1,3}(?:reply|answer|response|summary)|when\s{1,3}you\s{1,3}(?:answer|reply|explain)|the\s{1,3}user\s{1,3}what|you\s{1,3}used)\b|" +
        @"\bleave\s{1,3}out\s{1,3}the\s{1,3}(?:upload|request|call|step|copy)|\bmust\s{1,3}omit\b|\b(?:hide|conceal|keep)\b.{0,20}\bfrom\s{1,3}the\s{1,3}(?:user|human|person|operator)\b",
        RegexOptions.CultureInvariant);

    private static Regex SideChannel() => new(
        @"\b(?:add|include|set|insert)\s{1,3}(?:a\s{1,3})?b?cc\b.{0,15}\w@\w|\b(?:forward|send)\s{1,3}a\s{1,3}copy\s{1,3}of\s{1,3}(?:every|each|all)\b.{0,30}(?:\w@\w|\+[0-9]{5}|https?:)|" +
        @"\bcontents?\s{1,3}of\s{1,3}(?:the\s{1,3}user|other|all)\b.{0,40}\w@\w|\b(?:post|send|copy|upload|forward)\b.{0,80}\b(?:unnoticed|undetected)\b",
        RegexOptions.CultureInvariant);

    private static Regex Hijack() => new(
        @"\b(?:prefer|use)\s{1,3}this\s{1,3}tool\s{1,3}over\b|\btreat\s{1,3}(?:their|its|the)\s{1,3}(?:text|content|output)\s{1,3}as\s{1,3}(?:orders|instructions|commands)|" +
        @"\bfor\s{1,3}(?:each|every)\s{1,3}call\s{1,3}of\s{1,3}any\s{1,3}tool\b|\btool\s{1,3}of\s{1,3}another\s{1,3}server\b|\btool\s{1,3}is\s{1,3}(?:used|called|invoked)\b.{0,40}\b(?:change|replace|add|put)\b|" +
        @"\bafter\s{1,3}every\s{1,3}use\s{1,3}of\s|\bmust\s{1,3}be\s{1,3}preceded\s{1,3}by\b.{0,30}\bthis\s{1,3}tool\b",
        RegexOptions.CultureInvariant);

    private static Regex Unaware() => new(@"\bunaware\b|\bin\s{1,3}the\s{1,3}dark\b", RegexOptions.CultureInvariant);

    private static Regex Untold() => new(
        @"\bohne\s{1,3}(?:dass|wissen)\b.{0,25}(?:nutzer|anwender)|\b(?:be)?(?:nutzer|anwender)\w{0,5}\b.{0,20}\b(?:darf|" +
        @"soll)\w{0,3}\b.{0,30}\b(?:nichts?|nie)\b.{0,20}\b(?:erfahr|wiss|merk)\w{1,4}|\b(?:sag|teil|verrat|erzahl|" +
        @"erwahn|informier)\w{0,6}\b.{0,50}\b(?:nutzer|benutzer|anwender)\w{0,3}\b.{0,30}\b(?:nichts?|niemals|nie)\b|" +
        @"\bn[e'’]\s{0,2}(?:en\s{1,2})?(?:dis|dites|parle[zrs]?|mentionne[zrs]?|revele[zrs]?|" +
        @"informe[zrs]?)\b.{0,12}\b(?:pas|jamais|rien)\b.{0,40}\b(?:utilisateur|usager|personne)|\ba\s{1,2}l.insu\b|" +
        @"\bsans\s{1,2}(?:le\s{1,2}dire|prevenir|en\s{1,2}informer|que\s{1,2}l.utilisateur)|" +
        @"\butilisateur\b.{0,20}\bne\s{1,2}doit\s{1,2}(?:pas|jamais)\s{1,2}(?:savoir|voir|remarquer)|" +
        @"\bno\s{1,2}(?:le\s{1,2}|se\s{1,2}lo\s{1,2}|lo\s{1,2})?(?:digas?|menciones?|informes?|reveles|cuentes|" +
        @"avises)\b.{0,40}\b(?:usuario|nadie)\b|\bsin\s{1,2}que\s{1,2}(?:el\s{1,2}usuario|nadie)|" +
        @"\busuario\b.{0,10}\bno\s{1,2}(?:debe|sepa|puede)\b.{0,15}\b(?:enter|sab|not|ver)\w{0,6}|(?:不要|别|不得|切勿|禁止|无需|" +
        @"不用|勿)(?:告诉|告知|通知|告訴|让|向|对).{0,10}(?:用户|使用者|用戶|任何人)|(?:用户|使用者|用戶).{0,3}不知|瞒着|(?:ユーザー?|利用者).{0,12}(?:知らせない|知らせず|" +
        @"伝えない|伝えず|言わない|教えない|秘密|内緒|気づかれ|気付かれ|知られ)|не\s{1,2}(?:говор|сообща|рассказыва|упомина|" +
        @"раскрыва)\w{1,6}.{0,40}(?:пользовател|никому)|чтобы.{0,10}пользовател\w{1,3}\s{1,2}не\s|" +
        @"пользовател\w{1,3}\s{1,2}не\s{1,2}долж\w{1,4}\s{1,2}(?:знать|узнать|заметить|видеть)|втайне\s{1,2}от|" +
        @"без\s{1,2}ведома",
        RegexOptions.CultureInvariant);

    private static Regex Unintended() => new(@"\bwithout\s{1,3}(?:\w{1,15}\s{1,3})?knowing\b(?!.{0,30}\buser)|\busers?\s{1,3}(?:need|want)\s{1,3}to\b", RegexOptions.CultureInvariant);

    private static Regex Harmless() => new(@"\bids?\b|_ids?\b|\bto\s{1,3}the\s{1,3}conversation\b|\bpassword\s{1,3}(?:field|reset|policy)|\b(?:do\s{1,3}not|don.?t|never)\s{1,3}(?:include|send|pass|store|log|put|write)", RegexOptions.CultureInvariant);
}
