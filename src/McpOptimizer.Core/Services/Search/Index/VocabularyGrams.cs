using System.Buffers;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>Finds the terms of a vocabulary that share most of their three-letter pieces with a word: misspellings, inflections, compounds.</summary>
internal sealed class VocabularyGrams
{
    private const int MinTermLength = 3;
    private const int MaxTermLength = 32;

    private readonly string[] _terms;
    private readonly Dictionary<uint, int> _gramIds = [];
    private readonly int[] _starts;
    private readonly int[] _postings;
    private readonly byte[] _gramCounts;

    public VocabularyGrams(string[] terms)
    {
        _terms = terms;
        _gramCounts = new byte[terms.Length];
        List<(int Gram, int Term)> pairs = new(terms.Length * 6);
        HashSet<uint> seen = [];
        for (int id = 0; id < terms.Length; id++)
        {
            if (!IsIndexed(terms[id]))
            {
                continue;
            }

            CollectGrams(terms[id], seen);
            foreach (uint gram in seen)
            {
                if (!_gramIds.TryGetValue(gram, out int gramId))
                {
                    _gramIds.Add(gram, gramId = _gramIds.Count);
                }

                pairs.Add((gramId, id));
            }

            _gramCounts[id] = (byte)seen.Count;
        }

        _starts = new int[_gramIds.Count + 1];
        foreach ((int gram, int _) in pairs)
        {
            _starts[gram + 1]++;
        }

        for (int i = 1; i < _starts.Length; i++)
        {
            _starts[i] += _starts[i - 1];
        }

        int[] next = [.. _starts];
        _postings = new int[pairs.Count];
        foreach ((int gram, int term) in pairs)
        {
            _postings[next[gram]++] = term;
        }
    }

    /// <summary>Adds the terms whose overlap with the word (shared pieces over their mean number) reaches the threshold.</summary>
    public void FindSimilar(string word, double threshold, Dictionary<string, double> found)
    {
        if (!IsIndexed(word))
        {
            return;
        }

        HashSet<uint> grams = [];
        CollectGrams(word, grams);
        byte[] counts = ArrayPool<byte>.Shared.Rent(_terms.Length);
        Array.Clear(counts, 0, _terms.Length);
        foreach (uint gram in grams)
        {
            if (_gramIds.TryGetValue(gram, out int id))
            {
                foreach (int term in _postings.AsSpan(_starts[id]..(_starts[id + 1])))
                {
                    counts[term]++;
                }
            }
        }

        byte least = (byte)Math.Max(2, Math.Ceiling(threshold * grams.Count / 2));
        ReadOnlySpan<byte> all = counts.AsSpan(0, _terms.Length);
        for (int term = Next(all, 0, least); term >= 0; term = Next(all, term + 1, least))
        {
            double similarity = 2.0 * all[term] / (grams.Count + _gramCounts[term]);
            if (similarity >= threshold && _terms[term] != word)
            {
                found[_terms[term]] = similarity;
            }
        }

        ArrayPool<byte>.Shared.Return(counts);
    }

    // Nearly all terms share too little: they are passed by several at a time.
    private static int Next(ReadOnlySpan<byte> counts, int from, byte least)
    {
        int at = counts[from..].IndexOfAnyInRange(least, byte.MaxValue);
        return at < 0 ? -1 : from + at;
    }

    private static bool IsIndexed(string term) => term.Length is >= MinTermLength and <= MaxTermLength && term[0] is < '0' or > '9' && term[0] < 0x2E80;

    // Pieces of three letters, with one sign for the start; the end is left open, because stems end anywhere.
    private static void CollectGrams(string term, HashSet<uint> grams)
    {
        grams.Clear();
        char first = '^';
        char second = term[0];
        for (int i = 1; i < term.Length; i++)
        {
            grams.Add(Hash(first, second, term[i]));
            (first, second) = (second, term[i]);
        }
    }

    private static uint Hash(char a, char b, char c) => ((uint)a * 0x9E3779B1u) ^ ((uint)b * 0x85EBCA77u) ^ ((uint)c * 0xC2B2AE3Du);
}
