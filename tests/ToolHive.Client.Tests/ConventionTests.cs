using Shared.Conventions;

namespace ToolHive.Client.Tests;

public sealed class ConventionTests() : PackageConventionFacts(typeof(IToolHiveClient).Assembly)
{
    // The JSON context of Wire knows the file that Discovery reads; records of the folders name each other.
    protected override IReadOnlyList<string> KnownCircles => ["Clients.Discovery ↔ Clients.Wire", "Models ↔ Models.Registry ↔ Models.Workloads"];
}
