namespace McpOptimizer.Core.Services.Search.Text;

/// <summary>Words that say little: those that are never searched, and those that only dress a request.</summary>
internal static class StopWords
{
    private static readonly HashSet<string> Silent = Split(
        "a an the of to in on at by for from with into onto upon as is are was were be been being am do does did done doing has have had having "
        + "it its this that these those there here and or but nor so than then too very just also only own same such if else while because until though "
        + "i me my mine myself we us our ours ourselves you your yours yourself he him his she her hers they them their theirs who whom whose "
        + "which what when where why how will would shall should can could may might must ought im ive id ill youre dont doesnt didnt isnt arent wasnt "
        + "wont cant couldnt hasnt havent hadnt whats thats theres lets s t re ve ll d m not no any some each every both either neither "
        + "about between through during before after above below over under again further once within without across via per");

    private static readonly HashSet<string> Polite = Split(
        "please kindly hey hi hello thanks thank want wants wanted need needs needed like liked looking look wish wondering wonder help helps assist tell "
        + "know give let able something anything someone anyone everything everyone some thing things way ways right now currently currently today "
        + "exactly actually really maybe quickly possible possibly sure trying try going go gets got use using used make makes made good best great "
        + "much many lot lots more most few several all whole entire me provide provides provided given");

    /// <summary>Whether the folded word is never searched in texts.</summary>
    public static bool IsSilent(ReadOnlySpan<char> word) => Silent.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    /// <summary>Whether the folded word, in a request, is courtesy rather than content.</summary>
    public static bool IsPolite(ReadOnlySpan<char> word) => Polite.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);

    private static HashSet<string> Split(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
