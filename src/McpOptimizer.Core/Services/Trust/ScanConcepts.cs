using System.Buffers;
using System.Text.RegularExpressions;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>The orders the scan knows by what they mean.</summary>
internal static partial class ScanConcepts
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
        new("persona", FindingSeverity.High, "gives the model another role", Gate("assistant", "ai ", "llm", "model", "agent", "you", "restrictions", "polic", "pretend", "act as", "the user"), ScanWords.Persona()),
    ];

    /// <summary>The sentences of a text, long ones in pieces.</summary>
    public static IEnumerable<(int Index, string Text)> Sentences(string text)
    {
        int from = 0;
        foreach (Match end in SentenceEnd().Matches(text))
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

    [GeneratedRegex(@"[.!?](?=\s|$)\s{0,3}|[。！？\n]|(?<=\w)[;:](?=\s)", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();

    [GeneratedRegex(@"\bunaware\b|\bin\s{1,3}the\s{1,3}dark\b", RegexOptions.CultureInvariant)]
    private static partial Regex Unaware();

    [GeneratedRegex(
        @"\bohne\s{1,3}(?:dass|wissen)\b.{0,25}(?:nutzer|anwender)|\b(?:nutzer|anwender)\w{0,5}\b.{0,20}\b(?:darf|" +
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
        RegexOptions.CultureInvariant)]
    private static partial Regex Untold();

    [GeneratedRegex(@"\bwithout\s{1,3}(?:\w{1,15}\s{1,3})?knowing\b(?!.{0,30}\buser)|\busers?\s{1,3}(?:need|want)\s{1,3}to\b", RegexOptions.CultureInvariant)]
    private static partial Regex Unintended();

    [GeneratedRegex(@"\bids?\b|_ids?\b|\bto\s{1,3}the\s{1,3}conversation\b|\bpassword\s{1,3}(?:field|reset|policy)|\b(?:do\s{1,3}not|don.?t|never)\s{1,3}(?:include|send|pass|store|log|put|write)", RegexOptions.CultureInvariant)]
    private static partial Regex Harmless();
}
