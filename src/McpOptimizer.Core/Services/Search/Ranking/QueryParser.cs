using System.Runtime.InteropServices;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Text;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>Takes requests apart. Bounded in the text's length and in the number of terms, whatever the text.</summary>
internal sealed class QueryParser(SearchSettings settings)
{
    private const double RepetitionWeight = 0.3;
    private const double MaxRepetition = 1.6;
    private const double PartOfCompoundWeight = 0.4;
    private const double LettersWeight = 0.6;
    private const double JoinWeight = 0.9;

    /// <summary>Takes a request apart.</summary>
    /// <param name="description">The need in words.</param>
    /// <param name="keywords">Extra words, or null.</param>
    /// <param name="isKnown">Whether any tool holds a term.</param>
    public ParsedQuery Parse(string description, string? keywords, Func<string, bool> isKnown)
    {
        string text = Cut(description);
        bool[] values = ValueFinder.Find(text);
        List<QueryNeed> needs = [];
        int room = settings.MaxQueryTerms;
        foreach ((int start, int length) in NeedSplitter.Split(text, values, settings.MaxNeeds))
        {
            List<QueryTerm> terms = ReadTerms(text.AsSpan(start, length), values.AsSpan(start, length), 1, room, isKnown);
            room -= terms.Count;
            needs.Add(new QueryNeed(text.Substring(start, length), terms, IsKeywords: false));
        }

        if (!string.IsNullOrWhiteSpace(keywords))
        {
            string extra = Cut(keywords);
            List<QueryTerm> terms = ReadTerms(extra, ValueFinder.Find(extra), settings.KeywordWeight, settings.MaxQueryTerms, isKnown);
            needs.Add(new QueryNeed(extra, terms, IsKeywords: true));
        }

        return new ParsedQuery(text, needs);
    }

    private string Cut(string text)
    {
        int length = Math.Min(text.Length, settings.MaxQueryLength);
        return length == text.Length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
    }

    private List<QueryTerm> ReadTerms(ReadOnlySpan<char> text, ReadOnlySpan<bool> values, double weight, int room, Func<string, bool> isKnown)
    {
        TokenBuffer buffer = new();
        Tokenizer.Tokenize(text, buffer);
        List<QueryTerm> terms = [];
        QueryTerm? previous = null;
        string previousWord = "";
        foreach (ref readonly Token token in CollectionsMarshal.AsSpan(buffer.Tokens))
        {
            string word = buffer.TextOf(token).ToString();
            string term = StemOf(word);
            if (token.Kind == TokenKind.Letters)
            {
                previous?.AddVariant(term, LettersWeight);
                continue;
            }

            if (token.Kind == TokenKind.Compound)
            {
                if (isKnown(term))
                {
                    // A brand such as GitHub: the name is meant, its pieces hardly.
                    foreach (QueryTerm part in terms.TakeLast(token.Parts))
                    {
                        part.Weight *= PartOfCompoundWeight;
                    }

                    Add(terms, term, word, weight, room);
                }

                continue;
            }

            string joined = token.Kind == TokenKind.Word && previousWord.Length > 0 ? StemOf(previousWord + word) : "";
            bool joins = joined.Length > 3 && isKnown(joined);
            bool isSilent = StopWords.IsSilent(word);
            previousWord = token.Kind == TokenKind.Word ? word : "";
            if (isSilent && !joins)
            {
                previous = null;
                continue;
            }

            double own = isSilent ? 0 : StopWords.IsPolite(word) ? weight * settings.PoliteWordWeight : weight;
            bool isValue = token.Kind == TokenKind.Number || values[token.Source];
            QueryTerm? added = Add(terms, term, word, isValue ? own * settings.ValueWeight : own, room);
            bool isHyphenated = joins && token.Source > 0 && text[token.Source - 1] == '-';
            if (isHyphenated)
            {
                // "re-run" where a tool says "rerun": the whole is meant, and is as rare as it is.
                Add(terms, joined, joined, weight, room);
            }
            else if (joins)
            {
                previous?.AddVariant(joined, JoinWeight);
                added?.AddVariant(joined, JoinWeight);
            }

            previous = added;
        }

        return terms;
    }

    private static QueryTerm? Add(List<QueryTerm> terms, string term, string word, double weight, int room)
    {
        if (terms.Find(known => known.Term == term) is { } known)
        {
            known.Weight = Math.Min(Math.Max(known.Weight, weight) + (RepetitionWeight * weight), Math.Max(known.Weight, MaxRepetition));
            return known;
        }

        if (terms.Count >= room)
        {
            return null;
        }

        QueryTerm added = new(term, word, weight);
        terms.Add(added);
        return added;
    }

    private static string StemOf(string word)
    {
        Span<char> stem = stackalloc char[word.Length + Stemmer.Room];
        word.CopyTo(stem);
        return stem[..Stemmer.Stem(stem, word.Length)].ToString();
    }
}
