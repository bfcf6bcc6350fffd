using Shared.Conventions;

namespace Horreum.Client.Tests;

public sealed class ConventionTests() : PackageConventionFacts(typeof(IHorreumClient).Assembly)
{
    // The endpoints take queries, and the queries are written by the helper of the endpoints.
    protected override IReadOnlyList<string> KnownCircles => ["Clients ↔ Clients.Queries"];
}
