using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Common.Yaml;

/// <summary>
/// Hands events on as long as they keep the limits: whoever builds nodes from them meets no depth that exhausts the stack, no key whose comparison walks
/// through other nodes, and no node that holds itself.
/// </summary>
internal sealed class GuardedParser(IParser parser) : IParser
{
    public const int MaxDepth = 64;
    public const int MaxAliases = 1000;
    public const int MaxEvents = 500_000;

    // Open collections from the outermost to the innermost.
    private readonly List<OpenNode> _open = [];
    private readonly HashSet<AnchorName> _complete = [];
    private int _aliases;

    public ParsingEvent? Current => parser.Current;

    /// <summary>How many events were read: what the work of whoever reads them is proportional to.</summary>
    public int Events { get; private set; }

    public bool MoveNext()
    {
        if (!parser.MoveNext())
        {
            return false;
        }

        if (++Events > MaxEvents)
        {
            throw Fault($"it has more than {MaxEvents} parts");
        }

        Check(parser.Current!);
        return true;
    }

    private void Check(ParsingEvent current)
    {
        switch (current)
        {
            case DocumentStart:
                _complete.Clear();
                break;
            case MappingStart mapping:
                Open(mapping.Anchor, isMapping: true);
                break;
            case SequenceStart sequence:
                Open(sequence.Anchor, isMapping: false);
                break;
            case MappingEnd or SequenceEnd:
                Close();
                break;
            case Scalar scalar:
                Complete(scalar.Anchor);
                TakePlace();
                break;
            case AnchorAlias alias:
                CheckAlias(alias.Value);
                TakePlace();
                break;
        }
    }

    private void Open(AnchorName anchor, bool isMapping)
    {
        if (IsAtKey())
        {
            throw Fault("a key is a list or a mapping, but must be a plain text");
        }

        if (_open.Count == MaxDepth)
        {
            throw Fault($"it is nested more than {MaxDepth} levels deep");
        }

        // A name given anew stands for this node from here on, which is not complete yet.
        _complete.Remove(anchor);
        TakePlace();
        _open.Add(new OpenNode { Anchor = anchor, IsMapping = isMapping });
    }

    private void Close()
    {
        AnchorName anchor = _open[^1].Anchor;
        _open.RemoveAt(_open.Count - 1);
        Complete(anchor);
    }

    private void Complete(AnchorName anchor)
    {
        if (!anchor.IsEmpty)
        {
            _complete.Add(anchor);
        }
    }

    private void CheckAlias(AnchorName anchor)
    {
        if (++_aliases > MaxAliases)
        {
            throw Fault($"it has more than {MaxAliases} aliases");
        }

        if (IsAtKey())
        {
            throw Fault($"the alias *{Shown(anchor)} is a key, but a key must be a plain text");
        }

        if (!_complete.Contains(anchor))
        {
            throw Fault($"the alias *{Shown(anchor)} stands before or within what it names");
        }
    }

    private bool IsAtKey() => _open is [.., { IsMapping: true, IsAtValue: false }];

    // Keys and values of a mapping take turns.
    private void TakePlace()
    {
        if (_open is [.., { IsMapping: true } owner])
        {
            owner.IsAtValue = !owner.IsAtValue;
        }
    }

    private static string Shown(AnchorName anchor) => VisibleText.Shorten(anchor.Value);

    private YamlException Fault(string reason) => new(parser.Current!.Start, parser.Current.End, reason);

    private sealed class OpenNode
    {
        public required AnchorName Anchor { get; init; }

        public required bool IsMapping { get; init; }

        /// <summary>For a mapping: whether its key was read and its value comes next.</summary>
        public bool IsAtValue { get; set; }
    }
}
