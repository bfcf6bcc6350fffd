namespace McpOptimizer.Core.Services.Calls;

/// <summary>How the audit file fares, for <c>/ready</c>.</summary>
public sealed class AuditStatus
{
    private readonly Lock _gate = new();
    private (string Error, DateTimeOffset Since)? _fault;
    private long _lost;

    internal AuditStatus()
    {
    }

    /// <summary>Why the file cannot be written now; null while it can.</summary>
    public string? LastError
    {
        get
        {
            lock (_gate)
            {
                return _fault?.Error;
            }
        }
    }

    /// <summary>Since when; null while it can.</summary>
    public DateTimeOffset? FailingSince
    {
        get
        {
            lock (_gate)
            {
                return _fault?.Since;
            }
        }
    }

    /// <summary>Calls of this process that are not in the file, because it could not be written for too long.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    internal void Lose(long count) => Interlocked.Add(ref _lost, count);

    /// <summary>Whether it worked until now.</summary>
    internal bool Fail(string error, DateTimeOffset now)
    {
        lock (_gate)
        {
            bool first = _fault is null;
            _fault = (error, _fault?.Since ?? now);
            return first;
        }
    }

    /// <summary>Whether it failed until now.</summary>
    internal bool Work()
    {
        lock (_gate)
        {
            bool failed = _fault is not null;
            _fault = null;
            return failed;
        }
    }
}
