namespace McpOptimizer.Core.Clients.Backends;

/// <summary>The credentials that callers of one endpoint passed on to it, those used last: what the backend says to one of them must not hold another's.</summary>
internal sealed class CallerSecrets
{
    // Beyond, those that were used first are forgotten.
    private const int Most = 256;

    private readonly Lock _gate = new();
    private readonly List<(string Authorization, SecretRedactor Redactor)> _known = [];
    private SecretRedactor[] _redactors = [];

    /// <summary>Remembers a caller's credentials.</summary>
    public void Add(string authorization)
    {
        lock (_gate)
        {
            if (_known.Exists(known => known.Authorization == authorization))
            {
                return;
            }

            if (_known.Count == Most)
            {
                _known.RemoveAt(0);
            }

            _known.Add((authorization, SecretRedactor.OfCaller(authorization)));
            Volatile.Write(ref _redactors, [.. _known.Select(known => known.Redactor)]);
        }
    }

    /// <summary>The text without any of them.</summary>
    public string Redact(string text)
    {
        foreach (SecretRedactor redactor in Volatile.Read(ref _redactors))
        {
            text = redactor.Redact(text);
        }

        return text;
    }
}
