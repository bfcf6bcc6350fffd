using System.Runtime.InteropServices;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Text;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>Reads the texts of servers and their tools into one segment.</summary>
internal sealed class SegmentBuilder(SearchSettings settings)
{
    private const int MaxForwardTerms = 64;
    private const int MaxFieldTokens = 1_000;
    private const int Ignored = -1;

    // An occurrence is one number, term before field, so that sorting compares numbers.
    private const int FieldBits = 3;

    // Small segments come with every change of a server: a piece must not cost more than they do.
    private const int PostingsOfAPiece = 4_096;

    private readonly Dictionary<string, int> _termIds = new(StringComparer.Ordinal);
    private readonly List<string> _terms = [];
    private readonly Dictionary<string, (int Term, bool IsSilent)> _wordTerms = new(StringComparer.Ordinal);
    private readonly TokenBuffer _buffer = new();
    private readonly List<int> _occurrences = new(256);
    private readonly List<int> _serverOccurrences = [];
    private readonly int[] _fieldLengths = new int[8];
    private readonly List<(int Term, int Document, ushort Weight, byte Fields)[]> _postings = [];
    private readonly List<int> _forward = [];
    private readonly List<int> _forwardStarts = [0];
    private readonly List<byte> _nameLengths = [];
    private readonly List<int> _slotStarts = [0];
    private readonly SchemaText _parameters = new();
    private readonly FieldWeights _weights = new(settings);
    private (int Name, int Text) _serverLengths;
    private int _postingCount;

    /// <summary>Adds a server: the next slot.</summary>
    public void Add(ServerDocument server)
    {
        _serverOccurrences.Clear();
        foreach (ToolDocument tool in server.Tools)
        {
            AddTool(server, tool, _nameLengths.Count);
        }

        _slotStarts.Add(_nameLengths.Count);
    }

    /// <summary>The segment of everything added.</summary>
    /// <param name="rows">Of the vectors of the servers, in the order in which they were added.</param>
    public IndexSegment Build(IReadOnlyList<SlotRows> rows)
    {
        int[] starts = new int[_terms.Count + 1];
        for (int i = 0; i < _postingCount; i++)
        {
            starts[PostingAt(i).Term + 1]++;
        }

        for (int i = 1; i < starts.Length; i++)
        {
            starts[i] += starts[i - 1];
        }

        int[] next = [.. starts];
        Postings postings = new(starts, new int[_postingCount], new ushort[_postingCount], new byte[_postingCount]);
        for (int i = 0; i < _postingCount; i++)
        {
            ref readonly (int Term, int Document, ushort Weight, byte Fields) posting = ref PostingAt(i);
            int at = next[posting.Term]++;
            postings.Documents[at] = posting.Document;
            postings.Weights[at] = posting.Weight;
            postings.Fields[at] = posting.Fields;
        }

        _termIds.TrimExcess();
        int[] slotStarts = [.. _slotStarts];
        ForwardIndex forward = new([.. _forwardStarts], [.. _forward], [.. _nameLengths]);
        return new IndexSegment(_termIds, [.. _terms], postings, slotStarts, forward, new ScanRows(rows, slotStarts));
    }

    private void AddTool(ServerDocument server, ToolDocument tool, int document)
    {
        _occurrences.Clear();
        Array.Clear(_fieldLengths);
        int forwardStart = _forward.Count;
        AddText(tool.Name, ToolField.Name, keepOrder: true);
        _nameLengths.Add((byte)Math.Min(byte.MaxValue, _forward.Count - forwardStart));
        AddText(tool.Title, ToolField.Title, keepOrder: true);
        DescriptionText.Split(tool.Description, tool.Name, out ReadOnlySpan<char> summary, out ReadOnlySpan<char> remainder);
        AddText(summary, ToolField.Summary, keepOrder: true);
        AddText(remainder, ToolField.Description, keepOrder: true);
        _parameters.Read(tool.DefinitionJson.Span);
        for (int i = 0; i < _parameters.NameCount; i++)
        {
            AddText(_parameters.Name(i), ToolField.ParameterName);
        }

        for (int i = 0; i < _parameters.TextCount; i++)
        {
            AddText(_parameters.Text(i), ToolField.ParameterText);
        }

        AddServer(server);
        _forwardStarts.Add(_forward.Count);
        AddPostings(document);
    }

    // The texts of a server are read once, however many tools it has.
    private void AddServer(ServerDocument server)
    {
        if (_serverOccurrences.Count > 0)
        {
            _occurrences.AddRange(_serverOccurrences);
            (_fieldLengths[(int)ToolField.Server], _fieldLengths[(int)ToolField.ServerText]) = _serverLengths;
            return;
        }

        int first = _occurrences.Count;
        AddText(server.Name, ToolField.Server);
        if (server.ContextName != server.Name)
        {
            AddText(server.ContextName, ToolField.Server);
        }

        AddText(server.Description, ToolField.ServerText);
        _serverOccurrences.AddRange(CollectionsMarshal.AsSpan(_occurrences)[first..]);
        _serverLengths = (_fieldLengths[(int)ToolField.Server], _fieldLengths[(int)ToolField.ServerText]);
    }

    private void AddText(ReadOnlySpan<char> text, ToolField field, bool keepOrder = false)
    {
        if (text.IsEmpty || _fieldLengths[(int)field] >= MaxFieldTokens)
        {
            return;
        }

        _buffer.Clear();
        Tokenizer.Tokenize(text, _buffer);
        bool ordered = keepOrder && field != ToolField.Name;
        if (ordered)
        {
            _forward.Add(ForwardIndex.Gap);
        }

        foreach (ref readonly Token token in CollectionsMarshal.AsSpan(_buffer.Tokens))
        {
            int term = TermOf(token, keepSilent: field is ToolField.Name or ToolField.Title);
            if (term == Ignored)
            {
                continue;
            }

            _occurrences.Add((term << FieldBits) | (int)field);
            if (token.Kind is TokenKind.Compound or TokenKind.Letters)
            {
                continue;
            }

            if (++_fieldLengths[(int)field] >= MaxFieldTokens)
            {
                return;
            }

            if (keepOrder && _forward.Count - _forwardStarts[^1] < MaxForwardTerms)
            {
                _forward.Add(term);
            }
        }
    }

    private int TermOf(in Token token, bool keepSilent)
    {
        ReadOnlySpan<char> word = _buffer.TextOf(token);
        Dictionary<string, (int Term, bool IsSilent)>.AlternateLookup<ReadOnlySpan<char>> known = _wordTerms.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(word, out (int Term, bool IsSilent) found))
        {
            Span<char> stem = stackalloc char[word.Length + Stemmer.Room];
            word.CopyTo(stem);
            found = (Intern(stem[..Stemmer.Stem(stem, word.Length)]), StopWords.IsSilent(word));
            known[word] = found;
        }

        return found.IsSilent && !keepSilent ? Ignored : found.Term;
    }

    private int Intern(ReadOnlySpan<char> term)
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> known = _termIds.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!known.TryGetValue(term, out int id))
        {
            string text = term.ToString();
            _termIds.Add(text, id = _terms.Count);
            _terms.Add(text);
        }

        return id;
    }

    // In pieces: a list of millions is copied each time it grows.
    private void Add((int Term, int Document, ushort Weight, byte Fields) posting)
    {
        if (_postingCount % PostingsOfAPiece == 0)
        {
            _postings.Add(new (int, int, ushort, byte)[PostingsOfAPiece]);
        }

        _postings[^1][_postingCount++ % PostingsOfAPiece] = posting;
    }

    private ref readonly (int Term, int Document, ushort Weight, byte Fields) PostingAt(int at) => ref _postings[at / PostingsOfAPiece][at % PostingsOfAPiece];

    private void AddPostings(int document)
    {
        Span<int> all = CollectionsMarshal.AsSpan(_occurrences);
        all.Sort();
        for (int i = 0; i < all.Length;)
        {
            int term = all[i] >> FieldBits;
            double weight = 0;
            byte fields = 0;
            while (i < all.Length && all[i] >> FieldBits == term)
            {
                int occurrence = all[i];
                ToolField field = (ToolField)(occurrence & ((1 << FieldBits) - 1));
                int count = 0;
                for (; i < all.Length && all[i] == occurrence; i++)
                {
                    count++;
                }

                weight += _weights.Of(field, count, _fieldLengths[(int)field]);
                fields |= (byte)(1 << (int)field);
            }

            ushort stored = (ushort)Math.Clamp(Math.Round(weight * IndexSegment.WeightSteps), 1, ushort.MaxValue);
            Add((term, document, stored, fields));
        }
    }
}
