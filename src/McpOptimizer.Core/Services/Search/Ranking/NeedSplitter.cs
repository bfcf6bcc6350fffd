using System.Runtime.InteropServices;
using McpOptimizer.Core.Services.Search.Text;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>
/// Cuts a request that asks for several things into its needs: at the ends of sentences, and at "and", "then" or a comma when what follows starts like
/// a request of its own ("create a branch and open a PR", but not "title and description").
/// </summary>
internal static class NeedSplitter
{
    private const int MaxLookAhead = 8;

    private static readonly HashSet<string> Connectors = Words("and then also plus afterwards additionally finally furthermore next lastly moreover besides secondly thirdly after");

    private static readonly HashSet<string> Openers = Words(
        "what whats which who where when how why is are can could would does do i im id we please tell let give show get find add create make open close delete remove list send set "
        + "update change edit check search look fetch retrieve return read write save store load run start stop restart cancel schedule book order buy sell reserve calculate compute "
        + "estimate predict convert translate summarize summarise analyze analyse compare generate draw plot play download upload export import copy move rename merge split sort filter "
        + "count measure monitor track notify alert remind email mail call message post publish share invite assign approve reject review verify validate test deploy build install enable "
        + "disable turn switch register sign log join leave connect disconnect sync backup restore archive extract parse format clean apply grant revoke block unblock mute pin tag label "
        + "rate recommend suggest provide determine identify detect recognize classify describe explain evaluate assess simulate solve optimize attach append insert replace record "
        + "transcribe scan print submit request pay transfer refund subscribe unsubscribe follow query obtain gather collect view display help need want");

    /// <summary>The pieces of the text, in order and together all of it; one piece when it asks for one thing.</summary>
    public static IReadOnlyList<(int Start, int Length)> Split(ReadOnlySpan<char> text, ReadOnlySpan<bool> values, int maxNeeds)
    {
        TokenBuffer buffer = new();
        Tokenizer.Tokenize(text, buffer);
        ReadOnlySpan<Token> tokens = CollectionsMarshal.AsSpan(buffer.Tokens);
        List<(int Start, int Length)> needs = [];
        int start = 0;
        int content = 0;
        for (int i = 0; i < tokens.Length && needs.Count < maxNeeds - 1; i++)
        {
            int at = tokens[i].Source;
            if (content > 0 && at > start && !values[at] && StartsNeed(text, buffer, tokens, i, start) && HasContent(buffer, tokens[i..]))
            {
                needs.Add((start, at - start));
                start = at;
                content = 0;
            }

            content += IsContent(buffer, tokens[i]) ? 1 : 0;
        }

        needs.Add((start, text.Length - start));
        return needs;
    }

    private static bool StartsNeed(ReadOnlySpan<char> text, TokenBuffer buffer, ReadOnlySpan<Token> tokens, int i, int start)
    {
        if (EndsSentenceBefore(text, tokens[i].Source, start))
        {
            return true;
        }

        if (!IsIn(Connectors, buffer, tokens[i]) && !FollowsComma(text, tokens[i].Source))
        {
            return false;
        }

        for (int next = i; next < tokens.Length && next < i + MaxLookAhead; next++)
        {
            if (!IsIn(Connectors, buffer, tokens[next]) && !IsAdverb(buffer.TextOf(tokens[next])))
            {
                return IsIn(Openers, buffer, tokens[next]);
            }
        }

        return false;
    }

    private static bool EndsSentenceBefore(ReadOnlySpan<char> text, int at, int start)
    {
        for (int i = at - 1; i > start && !char.IsLetterOrDigit(text[i]); i--)
        {
            if (text[i] is '?' or '!' or ';' or '\n' or '。' or '？' || (text[i] == '.' && char.IsWhiteSpace(text[i + 1])))
            {
                return true;
            }
        }

        return false;
    }

    private static bool FollowsComma(ReadOnlySpan<char> text, int at) => text[..at].TrimEnd().EndsWith(",");

    private static bool HasContent(TokenBuffer buffer, ReadOnlySpan<Token> tokens)
    {
        foreach (ref readonly Token token in tokens)
        {
            if (IsContent(buffer, token))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsContent(TokenBuffer buffer, in Token token)
    {
        ReadOnlySpan<char> word = buffer.TextOf(token);
        return token.Kind is not (TokenKind.Number or TokenKind.Compound or TokenKind.Letters) && !StopWords.IsSilent(word) && !StopWords.IsPolite(word)
            && !Connectors.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }

    private static bool IsAdverb(ReadOnlySpan<char> word) => word.Length > 4 && word.EndsWith("ly");

    private static bool IsIn(HashSet<string> words, TokenBuffer buffer, in Token token) =>
        words.GetAlternateLookup<ReadOnlySpan<char>>().Contains(buffer.TextOf(token));

    private static HashSet<string> Words(string words) => new(words.Split(' '), StringComparer.Ordinal);
}
