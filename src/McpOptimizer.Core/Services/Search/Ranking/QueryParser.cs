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
        Dictionary<string, QueryTerm> terms = new(StringComparer.Ordinal);
        List<QueryTerm> order = [];
        IReadOnlyList<(int Start, int Length)> needs = NeedSplitter.Split(Cut(description));
        AddTexts(Cut(description), needs, 1, isKnown, terms, order);
        if (!string.IsNullOrWhiteSpace(keywords))
        {
            string text = Cut(keywords).ToString();
            AddTexts(text, [(0, text.Length)], settings.KeywordWeight, isKnown, terms, order);
        }

        return new ParsedQuery(order, [.. needs.Select(need => description.Substring(need.Start, need.Length))]);
    }

    private ReadOnlySpan<char> Cut(string text)
    {
        int length = Math.Min(text.Length, settings.MaxQueryLength);
        return text.AsSpan(0, length > 0 && length < text.Length && char.IsHighSurrogate(text[length - 1]) ? length - 1 : length);
    }

    private void AddTexts(
        ReadOnlySpan<char> text,
        IReadOnlyList<(int Start, int Length)> needs,
        double weight,
        Func<string, bool> isKnown,
        Dictionary<string, QueryTerm> terms,
        List<QueryTerm> order)
    {
        bool[] values = ValueFinder.Find(text);
        TokenBuffer buffer = new();
        for (int need = 0; need < needs.Count; need++)
        {
            buffer.Clear();
            (int start, int length) = needs[need];
            Tokenizer.Tokenize(text.Slice(start, length), buffer);
            AddTokens(buffer, need, weight, values.AsSpan(start, length), isKnown, terms, order);
        }
    }

    private void AddTokens(
        TokenBuffer buffer,
        int need,
        double weight,
        ReadOnlySpan<bool> values,
        Func<string, bool> isKnown,
        Dictionary<string, QueryTerm> terms,
        List<QueryTerm> order)
    {
        QueryTerm? previous = null;
        string previousWord = "";
        List<QueryTerm> recent = [];
        foreach (ref readonly Token token in CollectionsMarshal.AsSpan(buffer.Tokens))
        {
            string word = buffer.TextOf(token).ToString();
            string term = StemOf(word);
            if (token.Kind == TokenKind.Letters)
            {
                previous?.AddVariant(term, LettersWeight);
                continue;
            }

            if (token.Kind == TokenKind.Compound && !isKnown(term))
            {
                continue;
            }

            string joined = previousWord.Length > 0 ? StemOf(previousWord + word) : "";
            bool joins = joined.Length > 3 && token.Kind is TokenKind.Word && isKnown(joined);
            if (StopWords.IsSilent(word) && !joins)
            {
                previousWord = word;
                previous = null;
                continue;
            }

            if (token.Kind == TokenKind.Compound)
            {
                // A brand such as GitHub: the name is meant, its pieces hardly.
                foreach (QueryTerm part in recent.TakeLast(token.Parts))
                {
                    part.Weight *= PartOfCompoundWeight;
                }
            }

            double own = weight * (StopWords.IsSilent(word) ? 0 : StopWords.IsPolite(word) ? settings.PoliteWordWeight : 1);
            bool isValue = token.Kind == TokenKind.Number || values[Math.Min(token.Source, values.Length - 1)];
            QueryTerm? added = Add(term, word, isValue ? own * settings.ValueWeight : own, need, terms, order);
            if (joins)
            {
                previous?.AddVariant(joined, JoinWeight);
                added?.AddVariant(joined, JoinWeight);
            }

            if (added is not null && token.Kind != TokenKind.Compound)
            {
                recent.Add(added);
            }

            previous = added;
            previousWord = token.Kind is TokenKind.Word ? word : "";
        }
    }

    private QueryTerm? Add(string term, string word, double weight, int need, Dictionary<string, QueryTerm> terms, List<QueryTerm> order)
    {
        if (terms.TryGetValue(term, out QueryTerm? known))
        {
            known.Weight = Math.Min(Math.Max(known.Weight, weight) + (RepetitionWeight * weight), Math.Max(known.Weight, MaxRepetition));
            return known;
        }

        if (order.Count >= settings.MaxQueryTerms)
        {
            return null;
        }

        QueryTerm added = new(term, word, weight, need);
        terms.Add(term, added);
        order.Add(added);
        return added;
    }

    private static string StemOf(string word)
    {
        Span<char> stem = stackalloc char[word.Length + Stemmer.Room];
        word.CopyTo(stem);
        return stem[..Stemmer.Stem(stem, word.Length)].ToString();
    }
}
