namespace Common;

/// <summary>What was said about each subject last: a fault is told once, and again when it is another one or came back, so that a server that is dead for days fills no log.</summary>
internal sealed class SaidOnce
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, string> _said = new(StringComparer.Ordinal);

    /// <summary>Notes a sentence, and tells whether it is another one than before.</summary>
    /// <param name="subject">What it is about.</param>
    /// <param name="sentence">The sentence; numbers in it do not count.</param>
    public bool IsNews(string subject, string sentence)
    {
        string shape = ShapeOf(sentence);
        lock (_gate)
        {
            bool isNews = !_said.TryGetValue(subject, out string? before) || before != shape;
            _said[subject] = shape;
            return isNews;
        }
    }

    /// <summary>Notes sentences that are each a subject of their own, and gives those that were not said yet.</summary>
    /// <param name="sentences">The sentences.</param>
    /// <param name="isAll">Whether nothing else is wrong now: whatever was said before is news when it comes back.</param>
    public IReadOnlyList<string> News(IReadOnlyList<string> sentences, bool isAll)
    {
        List<string> news = [.. sentences.Where(sentence => IsNews(ShapeOf(sentence), sentence))];
        if (isAll)
        {
            HashSet<string> now = [.. sentences.Select(ShapeOf)];
            lock (_gate)
            {
                foreach (string gone in _said.Keys.Where(subject => !now.Contains(subject)).ToList())
                {
                    _said.Remove(gone);
                }
            }
        }

        return news;
    }

    /// <summary>Nothing is wrong with the subject any more.</summary>
    public void Forget(string subject)
    {
        lock (_gate)
        {
            _said.Remove(subject);
        }
    }

    // Seconds left, ports and process ids differ each time.
    private static string ShapeOf(string sentence) => string.Concat(sentence.Where(c => !char.IsAsciiDigit(c)));
}
