using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;

namespace McpOptimizer.Core.Tests.Fixtures;

/// <summary>A registry whose listing a test sets.</summary>
public sealed class FakeRegistrySource : IRegistrySource
{
    public string Name => "fake-registry";

    public List<RegistryEntry> Entries { get; } = [];

    public bool IsComplete { get; set; } = true;

    public Exception? Failure { get; set; }

    public FakeRegistrySource AddContainer(string name, string image, params string[] tools)
    {
        Entries.Add(new RegistryEntry { Name = name, Package = image, Description = $"What {name} does.", ToolNames = tools });
        return this;
    }

    public FakeRegistrySource AddRemote(string name, string url, params string[] tools)
    {
        Entries.Add(new RegistryEntry { Name = name, Url = url, Description = $"What {name} does.", ToolNames = tools });
        return this;
    }

    /// <summary>Listings wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public async Task<RegistryListing> ListAsync(CancellationToken cancellationToken = default)
    {
        await Gate.WaitAsync(cancellationToken);
        return Failure is null ? new RegistryListing { Entries = [.. Entries], IsComplete = IsComplete } : throw Failure;
    }
}
