using Coder.Client.Models;

namespace Coder.Client.Clients;

/// <summary>Keeps the server's version, which every answer names in a header: an upgrade is noticed with the next call.</summary>
internal sealed class ServerVersionTracker
{
    private volatile string? _text;

    public void Observe(HttpResponseMessage response)
    {
        if (response.Headers.TryGetValues(CoderHeaders.BuildVersion, out IEnumerable<string>? values))
        {
            _text = values.FirstOrDefault() ?? _text;
        }
    }

    public bool TryGet(out CoderVersion version) => CoderVersion.TryParse(_text, out version);
}
