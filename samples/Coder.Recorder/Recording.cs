using System.Collections.Concurrent;

namespace Coder.Recorder;

/// <summary>The calls of those steps that are to be recorded.</summary>
internal sealed class Recording
{
    private readonly AsyncLocal<string?> _step = new();
    private readonly ConcurrentQueue<RecordedCall> _calls = new();

    /// <summary>The step that the present call belongs to; null when it is not to be recorded.</summary>
    public string? Step => _step.Value;

    public IReadOnlyList<RecordedCall> Calls => [.. _calls];

    public void Add(RecordedCall call) => _calls.Enqueue(call);

    /// <summary>Records every call until disposed.</summary>
    public IDisposable Begin(string step)
    {
        _step.Value = step;
        return new Scope(this);
    }

    private sealed class Scope(Recording recording) : IDisposable
    {
        public void Dispose() => recording._step.Value = null;
    }
}
