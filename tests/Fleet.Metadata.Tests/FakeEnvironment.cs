using Fleet.Metadata.Clients;

namespace Fleet.Metadata.Tests;

internal sealed class FakeEnvironment : Dictionary<string, string>, IEnvironment
{
    public string? Get(string name) => TryGetValue(name, out string? value) ? value : null;
}
