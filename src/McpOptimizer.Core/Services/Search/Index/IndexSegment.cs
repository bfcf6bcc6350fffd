namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>
/// Postings of some servers' tools, written once. Documents are numbered by server, then by tool. A posting's weight already
/// combines the fields and their lengths, so that a term costs one multiplication per tool at search time.
/// </summary>
internal sealed class IndexSegment
{
    /// <summary>Steps of a stored posting weight per unit.</summary>
    public const float WeightSteps = 512f;

    private readonly Dictionary<string, int> _termIds;

    public IndexSegment(Dictionary<string, int> termIds, string[] terms, Postings postings, int[] slotStarts, ForwardIndex forward, ScanRows rows)
    {
        _termIds = termIds;
        Terms = terms;
        Postings = postings;
        SlotStarts = slotStarts;
        Forward = forward;
        Rows = rows;
        Grams = new VocabularyGrams(terms);
        SlotOf = new int[slotStarts[^1]];
        for (int slot = 0; slot + 1 < slotStarts.Length; slot++)
        {
            SlotOf.AsSpan(slotStarts[slot]..slotStarts[slot + 1]).Fill(slot);
        }
    }

    /// <summary>The vocabulary by term id.</summary>
    public string[] Terms { get; }

    /// <summary>Which documents hold each term.</summary>
    public Postings Postings { get; }

    /// <summary>First document of each server slot, and the number of documents at the end.</summary>
    public int[] SlotStarts { get; }

    /// <summary>The server slot of each document.</summary>
    public int[] SlotOf { get; }

    /// <summary>The terms of each document in the order of its text.</summary>
    public ForwardIndex Forward { get; }

    /// <summary>What a search of many tools reads of every vector.</summary>
    public ScanRows Rows { get; }

    /// <summary>Finds terms that look like a word.</summary>
    public VocabularyGrams Grams { get; }

    /// <summary>Number of documents, deleted ones included.</summary>
    public int DocumentCount => SlotOf.Length;

    /// <summary>Number of server slots, deleted ones included.</summary>
    public int SlotCount => SlotStarts.Length - 1;

    /// <summary>The id of a term, or −1.</summary>
    public int TermId(string term) => _termIds.TryGetValue(term, out int id) ? id : -1;
}
