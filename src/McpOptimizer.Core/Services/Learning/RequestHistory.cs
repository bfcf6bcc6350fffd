using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Services.Definitions;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Services.Search.Ranking;

namespace McpOptimizer.Core.Services.Learning;

/// <summary>
/// The past requests of one profile. Voting takes no lock; of what a caller may not see, or whose definition is another now, not even the place among the
/// neighbours counts.
/// </summary>
internal sealed class RequestHistory(LearningSettings settings)
{
    // So many deviations above the bar count as one whole vote.
    private const double FullProminence = 4;

    // So many past requests are compared closely, at least; so many of the nearest are looked at for votes.
    private const int Compared = 192;
    private const int MostNear = 48;

    private readonly Lock _writing = new();
    private readonly Dictionary<(string Server, string Tool, string Hash), int> _tools = [];
    private readonly Dictionary<string, Queue<HistoryEntry>> _byCaller = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Caller, int Tool), Queue<HistoryEntry>> _byCallerAndTool = [];

    // Where several share a profile, what a single one called is not yet tried, neither a tool nor a server.
    private readonly Dictionary<int, HashSet<string>> _callersOf = [];
    private readonly Dictionary<string, HistoryEntry> _byId = new(StringComparer.Ordinal);

    private State _state = new([], 0, 0, [], [], []);

    /// <summary>How many requests are kept.</summary>
    public int Count
    {
        get
        {
            lock (_writing)
            {
                return _byId.Count;
            }
        }
    }

    /// <summary>Adds a request.</summary>
    /// <returns>Ids of the requests that had to go for it; its own when it cannot be compared with the others.</returns>
    public IReadOnlyList<string> Add(LearnedRequest request)
    {
        if (request.Vector.IsEmpty || request.Outcomes.Count == 0)
        {
            return [request.Id];
        }

        lock (_writing)
        {
            if (_state.Count > 0 && _state.Dimension != request.Vector.Length)
            {
                if (_byId.Count > 0)
                {
                    return [request.Id];
                }

                Compact();
            }

            HistoryEntry entry = new(request.Id, request.At, request.Caller, [.. request.Outcomes.Select(outcome => (NumberOf((outcome.ServerName, outcome.ToolName, outcome.DefinitionHash)), outcome.Kind))]);
            if (_byId.ContainsKey(request.Id))
            {
                return [];
            }

            Register(entry);
            Append(entry, Unit(request.Vector.Span));
            return Shrink(entry);
        }
    }

    /// <summary>Forgets requests.</summary>
    public void Remove(IEnumerable<string> ids)
    {
        lock (_writing)
        {
            foreach (string id in ids)
            {
                if (_byId.Remove(id, out HistoryEntry? entry))
                {
                    entry.IsGone = true;
                }
            }

            Compact();
        }
    }

    /// <summary>The votes at a moment, for the ranking.</summary>
    /// <param name="now">To tell how old each request is.</param>
    public PastVotes At(DateTimeOffset now) => (request, usual, index, visible) => Vote(request, usual, index, visible, now);

    /// <summary>What past requests say of the visible tools at a request.</summary>
    /// <param name="request">Its vector.</param>
    /// <param name="usual">Mean and standard deviation of the similarity of the visible tools to it.</param>
    /// <param name="index">The snapshot that is searched.</param>
    /// <param name="visible">What the caller sees of it.</param>
    /// <param name="now">To tell how old each is.</param>
    public HistoryVotes Vote(ReadOnlySpan<float> request, (double Mean, double Deviation) usual, ToolIndex index, VisibleSet visible, DateTimeOffset now)
    {
        State state = Volatile.Read(ref _state);
        if (state.Count == 0 || request.Length != state.Dimension)
        {
            return HistoryVotes.None;
        }

        Places places = PlacesOf(state, index, visible);
        (float Similarity, HistoryEntry Entry)[] near = ArrayPool<(float, HistoryEntry)>.Shared.Rent(MostNear);
        int count = FindNear(state, places, request, usual, near);
        HistoryVotes votes = count == 0 ? HistoryVotes.None with { Tried = places.Tried } : CountVotes(near.AsSpan(0, count), usual, state, places, now);
        ArrayPool<(float, HistoryEntry)>.Shared.Return(near, clearArray: true);
        return votes;
    }

    /// <summary>The vector at length 1.</summary>
    private static float[] Unit(ReadOnlySpan<float> vector)
    {
        float[] unit = vector.ToArray();
        float length = TensorPrimitives.Norm<float>(unit);
        if (length > 0 && float.IsFinite(length))
        {
            TensorPrimitives.Divide(unit, length, unit);
        }

        return unit;
    }

    // Near is what is more similar than unrelated texts are to this request, which differs by request and by generator; the tools show it. Measured on the past
    // requests themselves, a caller who asks the same all day would find nothing near. Requests whose tool is hidden count nowhere.
    private int FindNear(State state, Places places, ReadOnlySpan<float> request, (double Mean, double Deviation) usual, Span<(float Similarity, HistoryEntry Entry)> near)
    {
        float[] unit = Unit(request);
        sbyte[] codes = ArrayPool<sbyte>.Shared.Rent(unit.Length);
        short[] widened = ArrayPool<short>.Shared.Rent(unit.Length);
        float scale = VectorCode.Encode(unit, codes);
        Span<short> query = widened.AsSpan(0, unit.Length);
        TensorPrimitives.ConvertTruncating<sbyte, short>(codes.AsSpan(0, unit.Length), query);
        ushort[] sketches = ArrayPool<ushort>.Shared.Rent(state.Count);
        int least = Sketch(state, places, unit, sketches);
        float bar = (float)Math.Max(settings.LeastSimilarity, usual.Mean + (settings.LeastProminence * usual.Deviation));
        int count = 0;
        for (int i = 0; i < state.Count; i++)
        {
            if (sketches[i] < least)
            {
                continue;
            }

            HistoryChunk chunk = state.Chunks[i / HistoryChunk.Size];
            int at = i % HistoryChunk.Size;
            if (places.Of[chunk.Called[at]] >= 0 && chunk.Compare(at, query, scale) is float similarity && similarity >= bar && !chunk.Entries[at].IsGone)
            {
                count = Keep(near[..MostNear], count, (similarity, chunk.Entries[at]));
            }
        }

        ArrayPool<ushort>.Shared.Return(sketches);
        ArrayPool<short>.Shared.Return(widened);
        ArrayPool<sbyte>.Shared.Return(codes);
        return count;
    }

    // A look at the signs tells which are worth a real comparison. What is hidden is not counted: it must not take the place of what is seen.
    private static int Sketch(State state, Places places, float[] unit, ushort[] sketches)
    {
        if (state.Count <= Compared)
        {
            Array.Clear(sketches, 0, state.Count);
            return 0;
        }

        SketchTables tables = new(unit);
        Span<int> histogram = stackalloc int[tables.MaxScore + 1];
        histogram.Clear();
        for (int c = 0; c < state.Chunks.Length; c++)
        {
            HistoryChunk chunk = state.Chunks[c];
            int first = c * HistoryChunk.Size;
            Span<ushort> own = sketches.AsSpan(first, Math.Min(HistoryChunk.Size, state.Count - first));
            chunk.Sketch(tables, own);
            for (int i = 0; i < own.Length; i++)
            {
                histogram[own[i]] += places.Of[chunk.Called[i]] >= 0 ? 1 : 0;
            }
        }

        return SketchTables.BarOf(histogram, Compared);
    }

    // Nearest first; of equally near ones the newer.
    private static int Keep(Span<(float Similarity, HistoryEntry Entry)> near, int count, (float Similarity, HistoryEntry Entry) next)
    {
        if (count == near.Length && !IsNearer(next, near[^1]))
        {
            return count;
        }

        int low = 0;
        int high = count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = IsNearer(next, near[middle]) ? (low, middle) : (middle + 1, high);
        }

        count = Math.Min(count + 1, near.Length);
        near[low..(count - 1)].CopyTo(near[(low + 1)..]);
        near[low] = next;
        return count;
    }

    private static bool IsNearer((float Similarity, HistoryEntry Entry) one, (float Similarity, HistoryEntry Entry) other) =>
        one.Similarity != other.Similarity ? one.Similarity > other.Similarity
        : one.Entry.At != other.Entry.At ? one.Entry.At > other.Entry.At
        : string.CompareOrdinal(one.Entry.Id, other.Entry.Id) < 0;

    private HistoryVotes CountVotes(ReadOnlySpan<(float Similarity, HistoryEntry Entry)> near, (double Mean, double Deviation) usual, State state, Places places, DateTimeOffset now)
    {
        Dictionary<(string Caller, int Tool), int> votes = [];
        Dictionary<int, Tally> tallies = [];
        int neighbours = 0;
        foreach ((float similarity, HistoryEntry entry) in near)
        {
            double nearness = (((similarity - usual.Mean) / usual.Deviation) - settings.LeastProminence) / FullProminence;
            double weight = nearness * Math.Pow(0.5, Math.Max(0, (now - entry.At).TotalDays) / settings.HalfLifeDays);
            (string, int) voice = (entry.Caller, entry.Outcomes[0].Tool);
            int before = votes.GetValueOrDefault(voice);
            bool counts = before < settings.VotesPerCallerAndTool && neighbours < settings.Neighbours;
            votes[voice] = before + 1;
            neighbours += counts ? 1 : 0;
            foreach ((int tool, LearnedKind kind) in entry.Outcomes)
            {
                if (places.Of[tool] >= 0)
                {
                    (tallies.TryGetValue(tool, out Tally? tally) ? tally : tallies[tool] = new Tally()).Add(kind, weight, counts, settings);
                }
            }
        }

        // Two versions of one definition have two numbers, but only one of them has a place.
        Dictionary<long, HistoryVote> counted = new(tallies.Count);
        Dictionary<string, double> servers = new(StringComparer.Ordinal);
        foreach ((int tool, Tally tally) in tallies)
        {
            HistoryVote vote = tally.ToVote(places.Of[tool], settings);
            string server = state.Tools[tool].Server;
            counted.Add(places.Of[tool], vote);
            if (vote.Evidence > 0 && places.TriedServers.Contains(server))
            {
                servers[server] = Math.Max(vote.Evidence, servers.GetValueOrDefault(server));
            }
        }

        return new HistoryVotes(counted, places.Tried, servers);
    }

    private static Places PlacesOf(State state, ToolIndex index, VisibleSet visible)
    {
        if (state.Places.TryGetValue(visible, out Places? known) && known.Of.Length == state.Tools.Length && known.From == state.Voices)
        {
            return known;
        }

        long[] places =
        [
            .. known?.Of ?? [],
            .. state.Tools.Skip(known?.Of.Length ?? 0).Select(tool =>
                index.Locate(tool.Server, tool.Tool, visible) is { } found && DefinitionHashes.Of(found.Tool) == tool.Hash ? HistoryVotes.Place(found.Segment, found.Document) : -1),
        ];
        // Who called nothing but what is hidden is not there either.
        KeyValuePair<int, string?>[] voices = [.. state.Voices.Where(voice => places[voice.Key] >= 0)];
        bool isAlone = IsOneCaller(voices.Select(voice => voice.Value));
        HashSet<string> servers =
        [
            .. voices.GroupBy(voice => state.Tools[voice.Key].Server, voice => voice.Value, StringComparer.Ordinal)
                .Where(server => isAlone || !IsOneCaller(server)).Select(server => server.Key),
        ];
        Places next = new(places, [.. voices.Where(voice => isAlone || voice.Value is null).Select(voice => places[voice.Key])], servers, state.Voices);
        state.Places.AddOrUpdate(visible, next);
        return next;
    }

    private static bool IsOneCaller(IEnumerable<string?> voices) => voices.Distinct(StringComparer.Ordinal).Take(2).ToArray() is [not null];

    private int NumberOf((string Server, string Tool, string Hash) tool)
    {
        if (!_tools.TryGetValue(tool, out int number))
        {
            number = _tools.Count;
            _tools.Add(tool, number);
        }

        return number;
    }

    private void Append(HistoryEntry entry, float[] vector)
    {
        State state = _state;
        HistoryChunk[] chunks = state.Count == state.Chunks.Length * HistoryChunk.Size ? [.. state.Chunks, new HistoryChunk(vector.Length)] : state.Chunks;
        chunks[state.Count / HistoryChunk.Size].Write(state.Count % HistoryChunk.Size, entry, vector);
        Publish(chunks, state.Count + 1, vector.Length, state.Places);
    }

    private void Publish(HistoryChunk[] chunks, int count, int dimension, ConditionalWeakTable<VisibleSet, Places> places)
    {
        (string Server, string Tool, string Hash)[] tools = _state.Tools;
        if (tools.Length < _tools.Count)
        {
            tools = new (string, string, string)[_tools.Count];
            foreach (((string, string, string) tool, int number) in _tools)
            {
                tools[number] = tool;
            }
        }

        Dictionary<int, string?> voices = _callersOf.ToDictionary(tool => tool.Key, tool => tool.Value.Count > 1 ? null : tool.Value.First());
        bool isSame = places == _state.Places && voices.Count == _state.Voices.Count && voices.All(voice => _state.Voices.TryGetValue(voice.Key, out string? caller) && caller == voice.Value);
        Volatile.Write(ref _state, new State(chunks, count, dimension, tools, isSame ? _state.Voices : voices, places));
    }

    private List<string> Shrink(HistoryEntry added)
    {
        List<string> gone = [];
        Queue<HistoryEntry> own = _byCallerAndTool[(added.Caller, added.Outcomes[0].Tool)];
        while (Live(own) > settings.MaxPerCallerAndTool)
        {
            gone.Add(Drop(own));
        }

        // Whoever fills the history pays for it himself.
        while (_byId.Count > settings.MaxRequests)
        {
            gone.Add(Drop(_byCaller.Values.MaxBy(Live)!));
        }

        if (_state.Count >= settings.MaxRequests + HistoryChunk.Size)
        {
            Compact();
        }

        return gone;
    }

    private static int Live(Queue<HistoryEntry> queue)
    {
        while (queue.TryPeek(out HistoryEntry? first) && first.IsGone)
        {
            queue.Dequeue();
        }

        return queue.Count;
    }

    private string Drop(Queue<HistoryEntry> queue)
    {
        HistoryEntry entry = queue.Dequeue();
        entry.IsGone = true;
        _byId.Remove(entry.Id);
        return entry.Id;
    }

    // Readers keep the state they have; the new one holds what is left. Tools keep their numbers.
    private void Compact()
    {
        State old = _state;
        _byCaller.Clear();
        _byCallerAndTool.Clear();
        _callersOf.Clear();
        List<HistoryChunk> chunks = [];
        int count = 0;
        for (int i = 0; i < old.Count; i++)
        {
            HistoryChunk from = old.Chunks[i / HistoryChunk.Size];
            HistoryEntry entry = from.Entries[i % HistoryChunk.Size];
            if (entry.IsGone)
            {
                continue;
            }

            if (count == chunks.Count * HistoryChunk.Size)
            {
                chunks.Add(new HistoryChunk(old.Dimension));
            }

            HistoryEntry moved = new(entry.Id, entry.At, entry.Caller, [.. entry.Outcomes.Select(outcome => (NumberOf(old.Tools[outcome.Tool]), outcome.Kind))]);
            chunks[^1].Take(count++ % HistoryChunk.Size, moved, from, i % HistoryChunk.Size);
            Register(moved);
        }

        Publish([.. chunks], count, old.Dimension, []);
    }

    private void Register(HistoryEntry entry)
    {
        _byId[entry.Id] = entry;
        QueueOf(_byCaller, entry.Caller).Enqueue(entry);
        int tool = entry.Outcomes[0].Tool;
        QueueOf(_byCallerAndTool, (entry.Caller, tool)).Enqueue(entry);
        (_callersOf.TryGetValue(tool, out HashSet<string>? callers) ? callers : _callersOf[tool] = new(StringComparer.Ordinal)).Add(entry.Caller);
    }

    private static Queue<HistoryEntry> QueueOf<T>(Dictionary<T, Queue<HistoryEntry>> queues, T key)
        where T : notnull => queues.TryGetValue(key, out Queue<HistoryEntry>? queue) ? queue : queues[key] = new Queue<HistoryEntry>();

    // Voices: of each tool that was called its only caller; null where there are several.
    private sealed record State(
        HistoryChunk[] Chunks,
        int Count,
        int Dimension,
        (string Server, string Tool, string Hash)[] Tools,
        Dictionary<int, string?> Voices,
        ConditionalWeakTable<VisibleSet, Places> Places);

    // Where the tools of a state are for one scope; nowhere when hidden, gone, or of another definition.
    private sealed record Places(long[] Of, HashSet<long> Tried, HashSet<string> TriedServers, Dictionary<int, string?> From);

    private sealed class Tally
    {
        private double _sum;
        private double _passedOver;
        private int _calls;
        private int _failures;
        private int _passes;

        public HistoryVote ToVote(long place, LearningSettings settings) => new(
            (int)(place >> 32), (int)place, _sum / (Math.Abs(_sum) + settings.Doubt), _calls, _failures, _passes, _passedOver >= settings.TriedAfter);

        public void Add(LearnedKind kind, double weight, bool counts, LearningSettings settings)
        {
            double vote = counts ? weight : 0;
            switch (kind)
            {
                case LearnedKind.Called:
                    _sum += vote;
                    _calls++;
                    break;
                case LearnedKind.Failed:
                    _sum -= settings.FailureWeight * vote;
                    _failures++;
                    break;
                case LearnedKind.PassedOver:
                    _sum -= settings.PassedOverWeight * vote;
                    _passedOver += weight;
                    _passes++;
                    break;
                default:
                    // Written by a later version: it says nothing here.
                    break;
            }
        }
    }
}
