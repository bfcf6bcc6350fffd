using System.Numerics.Tensors;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>
/// What a search of many tools reads of every vector of a segment, slot after slot in one piece of memory: the sketches, and the codes of the tools that
/// stand for all. With a piece per server, a search would spend its time on going from one server to the next.
/// </summary>
internal sealed class ScanRows
{
    private readonly int[] _slotStarts;
    private readonly int[] _dimensions;
    private readonly int[] _groupStarts;
    private readonly int[] _slotOfGroup;
    private readonly int[] _sketchStarts;
    private readonly byte[] _sketches;
    private readonly int[] _sampleStarts;
    private readonly int[] _sample;
    private readonly float[] _sampleScales;
    private readonly int[] _codeStarts;
    private readonly sbyte[] _sampleCodes;

    /// <param name="slots">The servers by slot.</param>
    /// <param name="slotStarts">First document of each slot, and the number of documents at the end.</param>
    public ScanRows(IReadOnlyList<SlotRows> slots, int[] slotStarts)
    {
        _slotStarts = slotStarts;
        _dimensions = [.. slots.Select(slot => slot.Dimension)];
        _groupStarts = Starts(slots, slot => slot.GroupCount);
        _sketchStarts = Starts(slots, slot => slot.Sketches.Length);
        _sampleStarts = Starts(slots, slot => slot.Sample.Length);
        _codeStarts = Starts(slots, slot => slot.SampleCodes.Length);
        _slotOfGroup = new int[_groupStarts[^1]];
        _sketches = new byte[_sketchStarts[^1]];
        _sample = new int[_sampleStarts[^1]];
        _sampleScales = new float[_sampleStarts[^1]];
        _sampleCodes = new sbyte[_codeStarts[^1]];
        for (int slot = 0; slot < slots.Count; slot++)
        {
            _slotOfGroup.AsSpan(_groupStarts[slot].._groupStarts[slot + 1]).Fill(slot);
            slots[slot].Sketches.Span.CopyTo(_sketches.AsSpan(_sketchStarts[slot]));
            TensorPrimitives.Add(slots[slot].Sample.Span, slotStarts[slot], _sample.AsSpan(_sampleStarts[slot]));
            slots[slot].SampleScales.Span.CopyTo(_sampleScales.AsSpan(_sampleStarts[slot]));
            slots[slot].SampleCodes.Span.CopyTo(_sampleCodes.AsSpan(_codeStarts[slot]));
        }
    }

    /// <summary>The rows of one slot.</summary>
    public SlotRows Slot(int slot) => new(
        _dimensions[slot],
        _sketches.AsMemory(_sketchStarts[slot].._sketchStarts[slot + 1]),
        Array.ConvertAll(_sample[_sampleStarts[slot].._sampleStarts[slot + 1]], document => document - _slotStarts[slot]),
        _sampleCodes.AsMemory(_codeStarts[slot].._codeStarts[slot + 1]),
        _sampleScales.AsMemory(_sampleStarts[slot].._sampleStarts[slot + 1]));

    /// <summary>The longest runs of visible slots whose width is wanted, in their order.</summary>
    /// <param name="visible">What may be seen.</param>
    /// <param name="segment">The number of this segment.</param>
    /// <param name="isWanted">Told a width, which is never 0.</param>
    public List<ScanRun> Runs(VisibleSet visible, int segment, Func<int, bool> isWanted)
    {
        List<ScanRun> runs = [];
        for (int slot = 0; slot < _dimensions.Length; slot++)
        {
            int dimension = _dimensions[slot];
            if (dimension == 0 || !visible.HasSlot(segment, slot) || !isWanted(dimension))
            {
                continue;
            }

            if (runs.Count > 0 && runs[^1].EndSlot == slot && runs[^1].Dimension == dimension)
            {
                runs[^1] = runs[^1] with { EndSlot = slot + 1 };
            }
            else
            {
                runs.Add(new ScanRun(slot, slot + 1, dimension));
            }
        }

        return runs;
    }

    /// <summary>How many places a run's sketches have: those of its documents, and those that fill up the last group of each slot.</summary>
    public int PlaceCount(ScanRun run) => (_groupStarts[run.EndSlot] - _groupStarts[run.Slot]) * VectorSketch.GroupSize;

    /// <summary>The sketches of a run.</summary>
    public ReadOnlySpan<byte> Sketches(ScanRun run) => _sketches.AsSpan(_sketchStarts[run.Slot].._sketchStarts[run.EndSlot]);

    /// <summary>The document whose sketch is at a place of a run; false where the place only fills a group up.</summary>
    public bool TryFind(ScanRun run, int place, out int slot, out int document)
    {
        int group = _groupStarts[run.Slot] + (place / VectorSketch.GroupSize);
        slot = _slotOfGroup[group];
        document = _slotStarts[slot] + ((group - _groupStarts[slot]) * VectorSketch.GroupSize) + (place % VectorSketch.GroupSize);
        return document < _slotStarts[slot + 1];
    }

    /// <summary>The documents of a run that stand for all, what one step of their codes is worth, and their codes, one after the other.</summary>
    public void Samples(ScanRun run, out ReadOnlySpan<int> documents, out ReadOnlySpan<float> scales, out ReadOnlySpan<sbyte> codes)
    {
        Range samples = _sampleStarts[run.Slot].._sampleStarts[run.EndSlot];
        documents = _sample.AsSpan(samples);
        scales = _sampleScales.AsSpan(samples);
        codes = _sampleCodes.AsSpan(_codeStarts[run.Slot].._codeStarts[run.EndSlot]);
    }

    private static int[] Starts(IReadOnlyList<SlotRows> slots, Func<SlotRows, int> length)
    {
        int[] starts = new int[slots.Count + 1];
        for (int slot = 0; slot < slots.Count; slot++)
        {
            starts[slot + 1] = starts[slot] + length(slots[slot]);
        }

        return starts;
    }
}
